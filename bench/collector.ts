import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

const PORT = 18_104;
/** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
export const COLLECTOR_URL = `http://127.0.0.1:${PORT}`;

/** A collector of traces that accepts everything. */
export class Collector {
  private constructor(private readonly server: Server) {}

  static async start(): Promise<Collector> {
    const server = createServer((request, response) => {
      request.resume().on('end', () => response.end('{}'));
    }).listen(PORT, '127.0.0.1');
    await once(server, 'listening');
    return new Collector(server);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
