import type { Writable } from 'node:stream';
import { Redis } from 'ioredis';

/**
 * A client that sends in one system call what is asked for in one tick, by however many requests. That is
 * what ioredis's automatic pipelining is for too; it makes two more promises for each command, and its table of pipelines
 * keeps those that are done from the garbage collector's quick pass, with the requests that waited for them. Without it
 * `GET /cart` takes a sixth less CPU time (Node 20).
 */
export class BatchedWriteRedis extends Redis {
  private corked: Writable | undefined;
  private lastActions: (() => void)[] = [];
  private isEnding = false;

  override sendCommand(...[command, stream]: Parameters<Redis['sendCommand']>): unknown {
    if (this.status === 'ready') this.cork();
    return super.sendCommand(command, stream);
  }

  /** Does something at the end of this turn; what it asks for goes along with all else. */
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
      this.corked = undefined;
      this.isEnding = false;
    }
  }
}
