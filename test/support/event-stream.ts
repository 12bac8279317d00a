import { once, EventEmitter } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { bearer } from './tokens.js';

/** One message of a stream, with its fields; `data` is parsed as JSON. */
export interface StreamMessage {
  readonly event?: string;
  readonly id?: string;
  readonly retry?: string;
  readonly comment?: string;
  readonly data?: unknown;
}

const PATIENCE_MS = 10_000;
const HEARTBEAT = { comment: 'heartbeat' };

/** Whose stream to open: a user's own, or one with any token. */
export type StreamUser = string | { readonly authorization: string; readonly path?: string };

/** A client of `GET /cart/events`. */
export class EventStream {
  /** Whether the server ended the stream properly; false if the connection broke. */
  readonly ended: Promise<boolean>;
  private readonly queue: StreamMessage[] = [];
  private readonly arrivals = new EventEmitter();
  private heartbeats = 0;
  private rest = '';

  private constructor(
    readonly response: IncomingMessage,
    private readonly agent: Agent,
  ) {
    this.ended = once(response, 'close').then(() => response.complete);
    response.setEncoding('utf8').on('data', (text: string) => {
      this.read(text);
    });
    // A broken connection is reported by `ended`.
    response.on('error', () => undefined);
  }

  /** Opens the stream of a user, or of the user of `authorization`. */
  static async open(url: string, user: StreamUser, lastEventId?: string) {
    const { stream, status } = await EventStream.attempt(url, user, lastEventId);
    if (status === 200) return stream;
    stream.close();
    throw new Error(`The stream was rejected with ${status}.`);
  }

  /** The same, whatever the response. */
  static async attempt(url: string, user: StreamUser, lastEventId?: string) {
    const { authorization, path = '/cart/events' } = typeof user === 'string' ? { authorization: bearer(user) } : user;
    // Keeps the connection for later requests, as browsers do.
    const agent = new Agent({ keepAlive: true });
    const headers = { authorization, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) };
    const [answer] = await once(request(`${url}${path}`, { agent, headers }).end(), 'response');
    const response: IncomingMessage = answer;
    return { stream: new EventStream(response, agent), status: response.statusCode ?? 0 };
  }

  /** The next message other than a heartbeat. */
  async next(): Promise<StreamMessage> {
    for (;;) {
      const message = this.queue.shift();
      if (message !== undefined) return message;
      await this.arrival();
    }
  }

  /** The next `count` messages. */
  async take(count: number): Promise<StreamMessage[]> {
    const messages: StreamMessage[] = [];
    while (messages.length < count) messages.push(await this.next());
    return messages;
  }

  /** Resolves with the next heartbeat. */
  async heartbeat(): Promise<void> {
    const { heartbeats } = this;
    while (this.heartbeats === heartbeats) await this.arrival();
  }

  close(): void {
    this.response.destroy();
    this.agent.destroy();
  }

  private async arrival(): Promise<void> {
    await once(this.arrivals, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) });
  }

  private read(text: string): void {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const message of blocks.map(parse)) {
      if (JSON.stringify(message) === JSON.stringify(HEARTBEAT)) this.heartbeats += 1;
      else if (Object.keys(message).length > 0) this.queue.push(message);
      this.arrivals.emit('message');
    }
  }
}

function parse(block: string): StreamMessage {
  const fields = block
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => /^([^:]*): ?(.*)$/.exec(line) ?? []);
  return Object.fromEntries(
    fields.map(([, name = '', value = '']) => [name || 'comment', name === 'data' ? JSON.parse(value) : value]),
  );
}
