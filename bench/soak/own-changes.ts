import { EventEmitter, once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import * as z from 'zod';

const PATIENCE_MS = 10_000;

const change = z.object({ type: z.string(), version: z.number() });

/** A change of the shopper's own cart, as received from its stream. */
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
    // Callers that wait for a change notice that none arrives.
    response.on('error', () => undefined);
  }

  /** Resolves when the first message of the stream has arrived. From then on, the service sends each change. */
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

  /** Disconnects, as a closed tab does. */
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
