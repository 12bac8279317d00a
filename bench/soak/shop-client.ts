import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Traffic } from './traffic.js';

/** One request of a shopper, with the only expected status. */
export interface Call {
  /** The name under which it is counted: method and path, with placeholders such as `{id}` for the parts that differ. */
  readonly name: string;
  /** The path without placeholders. Defaults to the path in `name`. */
  readonly path?: string;
  readonly authorization?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
  readonly status: number;
}

/** A response was not the expected one. It has been counted, and the visit ends. */
export class UnexpectedResponse extends Error {}

/** Sends shoppers' requests over persistent connections, and counts them. */
export class ShopClient {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    private readonly url: string,
    private readonly traffic: Traffic,
  ) {}

  /**
   * Resolves with the text of the response.
   * @throws UnexpectedResponse
   */
  async send(call: Call): Promise<string> {
    const startedAt = performance.now();
    const response = await this.begin(call);
    const content = await text(response).catch((error: unknown) => {
      throw this.failed(call, String(error));
    });
    this.traffic.answered(performance.now() - startedAt);
    if (response.statusCode !== call.status) throw this.failed(call, response.statusCode ?? 0);
    return content;
  }

  /**
   * Resolves with a response whose body continues.
   * @throws UnexpectedResponse
   */
  async open(call: Call): Promise<IncomingMessage> {
    const startedAt = performance.now();
    const response = await this.begin(call);
    this.traffic.answered(performance.now() - startedAt);
    if (response.statusCode === call.status) return response;
    response.destroy();
    throw this.failed(call, response.statusCode ?? 0);
  }

  /** Counts a failure, under the name of the call. */
  failed({ name }: Call, what: number | string): UnexpectedResponse {
    this.traffic.failed(`${name}: ${what}`);
    return new UnexpectedResponse(`${name}: ${what}`);
  }

  /** Closes all connections. */
  close(): void {
    this.agent.destroy();
  }

  private async begin(call: Call): Promise<IncomingMessage> {
    const { name, path, authorization, headers, body } = call;
    const [method = '', namedPath = ''] = name.split(' ');
    const sent = request(`${this.url}${path ?? namedPath}`, {
      method,
      agent: this.agent,
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
    });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
    return new Promise((resolve, reject) => {
      sent.once('response', resolve).once('error', (error) => {
        reject(this.failed(call, error.message));
      });
    });
  }
}
