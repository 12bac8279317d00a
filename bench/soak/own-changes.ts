import { EventEmitter, once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import * as z from 'zod';

const PATIENCE_MS = 10_000;

const change = z.object({ type: z.string(), version: z.number() });

/** A change of the shopper's own cart, as its stream told of it. */
export type OwnChange = z.infer<typeof change>;

/** An open `GET /cart/events`. */
export class OwnChanges {
  private readonly arrivals = new EventEmitter();
  private readonly changes: OwnChange[] = [];
  private rest = '';
  private isReady = false;

  constructor(private readonly response: IncomingMessage) {
    response.setEncoding('utf8').on('data', (text: string) => {
      this.read(text);
    });
    // Whoever waits for a change notices that none comes.
    response.on('error', () => undefined);
  }

  /** Resolves once the service tells of each change: the first message of the stream has come. */
  async ready(): Promise<void> {
    while (!this.isReady) await this.arrival();
  }

  /** The next change. */
  async next(): Promise<OwnChange> {
    for (;;) {
      const next = this.changes.shift();
      if (next !== undefined) return next;
      await this.arrival();
    }
  }

  /** Leaves, as a closed tab does. */
  close(): void {
    this.response.destroy();
  }

  private async arrival(): Promise<void> {
    await once(this.arrivals, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) });
  }

  private read(text: string): void {
    const messages = (this.rest + text).split('\n\n');
    this.rest = messages.pop() ?? '';
    for (const message of messages) {
      const data = /^data: (.*)$/m.exec(message)?.[1];
      if (data === undefined) continue;
      this.isReady = true;
      if (message.includes('event: change\n')) this.changes.push(change.parse(JSON.parse(data)));
      this.arrivals.emit('message');
    }
  }
}
