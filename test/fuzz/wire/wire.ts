import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import type { OutgoingRequest } from '../requests/outgoing-request.js';
import type { SeenResponse } from '../../support/response-check.js';
import { sendRaw } from './send-raw.js';

/** A request that takes longer is a fault. */
const PATIENCE_MS = 10_000;
/** For these methods Node sends `Transfer-Encoding: chunked` if no body length is given. */
const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);
const NOT_SENDABLE = new Set(['ERR_INVALID_CHAR', 'ERR_UNESCAPED_CHARACTERS', 'ERR_INVALID_HTTP_TOKEN']);

/** Sends requests to one service. */
export class Wire {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 32 });

  constructor(private readonly url: URL) {}

  /** @throws Error if there is no response. */
  async send(request: OutgoingRequest): Promise<SeenResponse> {
    if (request.bytes !== undefined) return this.sendRaw(request.bytes);
    try {
      return await this.sendByNode(request);
    } catch (error) {
      if (!isNotSendable(error)) throw error;
      return this.sendRaw(asBytes(request, this.url.host));
    }
  }

  private async sendRaw(bytes: Buffer): Promise<SeenResponse> {
    return sendRaw(Number(this.url.port), this.url.hostname, bytes);
  }

  close(): void {
    this.agent.destroy();
  }

  private async sendByNode(request: OutgoingRequest): Promise<SeenResponse> {
    const { method, target, body } = request;
    return new Promise((resolve, reject) => {
      const options = { host: this.url.hostname, port: this.url.port, agent: this.agent, method, path: target };
      const outgoing = httpRequest({ ...options, headers: flat(complete(request, this.url.host)) });
      outgoing.setTimeout(PATIENCE_MS, () => outgoing.destroy(new Error(`No response within ${PATIENCE_MS} ms.`)));
      outgoing.on('error', reject);
      // A response that upgrades the connection has no body that Node would read.
      outgoing.on('upgrade', (response) => {
        resolve(seen(response, ''));
      });
      outgoing.on('response', (response) => {
        read(response).then((text) => {
          resolve(seen(response, text));
        }, reject);
      });
      outgoing.end(body);
    });
  }
}

/** Not with `instanceof`: Jest has its own `Error` class. */
function isNotSendable(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && NOT_SENDABLE.has(String(error.code));
}

/** Reads a body, or only the first chunk of a stream, which does not end. */
async function read(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) {
    text += String(chunk);
    if (response.headers['content-type']?.startsWith('text/event-stream')) break;
  }
  return text;
}

function seen({ statusCode = 0, headers }: IncomingMessage, text: string): SeenResponse {
  return { status: statusCode, headers, text };
}

type Headers = OutgoingRequest['headers'];

function complete({ method, headers, body }: OutgoingRequest, host: string): Headers {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const mayHaveBody = body !== undefined || METHODS_WITH_BODY.has(method);
  const needsLength = mayHaveBody && !names.has('content-length') && !names.has('transfer-encoding');
  return [
    ...(names.has('host') ? [] : [['Host', host] as const]),
    ...headers,
    ...(needsLength ? [['Content-Length', String(body?.length ?? 0)] as const] : []),
  ];
}

function flat(headers: Headers): string[] {
  return headers.flatMap(([name, value]) => [name, value]);
}

function asBytes(request: OutgoingRequest, host: string): Buffer {
  const lines = complete(request, host).map(([name, value]) => `${name}: ${value}`);
  const head = [`${request.method} ${request.target} HTTP/1.1`, ...lines, 'Connection: close', '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'utf8'), request.body ?? Buffer.alloc(0)]);
}
