import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { LoopbackServer } from './loopback-server.js';

/** A third-party server that the service calls. It records the requests, and can be made to misbehave. */
export abstract class StubServer extends LoopbackServer {
  /** The requested paths, as received. */
  readonly asked: string[] = [];
  /** The headers of the latest request. */
  headers: IncomingHttpHeaders = {};
  /** What it does instead of responding. */
  instead: ((response: ServerResponse) => void) | undefined;
  /** Responses wait until this resolves. */
  gate: Promise<void> = Promise.resolve();

  protected respond({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    this.asked.push(url);
    this.headers = headers;
    void this.gate.then(() => {
      if (this.instead !== undefined) this.instead(response);
      else this.answer(url, response);
    });
  }

  protected abstract answer(path: string, response: ServerResponse): void;

  protected static json(response: ServerResponse, document: object | undefined): void {
    response.writeHead(document === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  }
}
