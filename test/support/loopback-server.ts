import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** An HTTP server of a test, on a free port of this machine. */
export abstract class LoopbackServer {
  private port = 0;
  private readonly server = createServer((request, response) => {
    this.respond(request, response);
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

  /** Stops the server; `listen` starts it again on the same port. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  protected abstract respond(request: IncomingMessage, response: ServerResponse): void;
}
