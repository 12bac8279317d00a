import type { Writable } from 'node:stream';
import { Redis } from 'ioredis';
import { commandsPerWrite } from '../redis.metrics.js';
import { publishIfSampled } from './sampled-commands.js';

/**
 * A client that sends all commands of one tick, whichever requests they are from, in one system call. ioredis's automatic
 * pipelining does this too, but it makes two more promises for each command, and its table of pipelines keeps finished ones,
 * and the requests that waited for them, from the garbage collector's minor collections. Without it `GET /cart` takes a sixth
 * less CPU time (Node 20).
 */
export class BatchedWriteRedis extends Redis {
  private corked: Writable | undefined;
  private lastActions: (() => void)[] = [];
  private isEnding = false;
  /** Commands that wait for the end of this tick. */
  private batched = 0;

  override sendCommand(...[command, stream]: Parameters<Redis['sendCommand']>): unknown {
    publishIfSampled(command);
    if (this.status === 'ready') {
      this.cork();
      this.batched += 1;
    }
    return super.sendCommand(command, stream);
  }

  /** Runs an action at the end of this tick; the commands that it sends share the socket write with all others. */
  atEndOfTick(action: () => void): void {
    this.lastActions.push(action);
    this.endLater();
  }

  private cork(): void {
    if (this.corked !== undefined) return;
    this.corked = this.stream;
    this.corked.cork();
    this.endLater();
  }

  private endLater(): void {
    if (this.isEnding) return;
    this.isEnding = true;
    setImmediate(() => {
      this.endTick();
    });
  }

  private endTick(): void {
    const actions = this.lastActions;
    this.lastActions = [];
    try {
      for (const action of actions) action();
    } finally {
      this.corked?.uncork();
      if (this.batched > 0) commandsPerWrite.observe(this.batched);
      this.batched = 0;
      this.corked = undefined;
      this.isEnding = false;
    }
  }
}
