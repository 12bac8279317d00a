import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';

/** A server of somebody else's that the service asks: it notes what it is asked for, and can be made to misbehave. */
export abstract class StubServer {
  /** The paths that it was asked for, as they came. */
  readonly asked: string[] = [];
  /** What it does instead of answering. */
  instead: ((response: ServerResponse) => void) | undefined;
  /** Resolves when an answer may go out. */
  gate: Promise<void> = Promise.resolve();
  private port = 0;

  private readonly server = createServer(({ url = '' }, response) => {
    this.asked.push(url);
    void this.gate.then(() => {
      if (this.instead !== undefined) this.instead(response);
      else this.answer(url, response);
    });
  });

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async listen(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
    this.port = address.port;
  }

  /** Goes away; its address stays its own. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  protected abstract answer(path: string, response: ServerResponse): void;

  protected static json(response: ServerResponse, document: object | undefined): void {
    response.writeHead(document === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  }
}
