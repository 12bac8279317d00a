import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

/** A collector of traces that accepts everything. */
export class Collector {
  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async start(port: number): Promise<Collector> {
    const server = createServer((request, response) => {
      request.resume().on('end', () => response.end('{}'));
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new Collector(`http://127.0.0.1:${port}`, server);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
