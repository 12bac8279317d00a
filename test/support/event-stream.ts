import { once, EventEmitter } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { bearer } from './tokens.js';

/** One message of a stream, with the fields that it has; `data` is read as JSON. */
export interface StreamMessage {
  readonly event?: string;
  readonly id?: string;
  readonly retry?: string;
  readonly comment?: string;
  readonly data?: unknown;
}

const PATIENCE_MS = 10_000;
const HEARTBEAT = { comment: 'heartbeat' };

/** A client of `GET /cart/events`. */
export class EventStream {
  /** Whether the server ended the stream in good order; false where the connection broke. */
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
    // A connection that breaks is told by `ended`.
    response.on('error', () => undefined);
  }

  /** Opens the stream of a user, or of whoever `authorization` says. */
  static async open(url: string, user: string | { readonly authorization: string }, lastEventId?: string) {
    const { stream, status } = await EventStream.attempt(url, user, lastEventId);
    if (status === 200) return stream;
    stream.close();
    throw new Error(`The stream was refused with ${status}.`);
  }

  /** The same, whatever the answer is. */
  static async attempt(url: string, user: string | { readonly authorization: string }, lastEventId?: string) {
    const authorization = typeof user === 'string' ? bearer(user) : user.authorization;
    // As browsers do, it would keep its connection for later requests.
    const agent = new Agent({ keepAlive: true });
    const headers = { authorization, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) };
    const [answer] = await once(request(`${url}/cart/events`, { agent, headers }).end(), 'response');
    const response: IncomingMessage = answer;
    return { stream: new EventStream(response, agent), status: response.statusCode ?? 0 };
  }

  /** The next message that is no heartbeat. */
  async next(): Promise<StreamMessage> {
    for (;;) {
      const message = this.queue.shift();
      if (message !== undefined) return message;
      await this.arrival();
    }
  }

  /** As many messages as are asked for. */
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
