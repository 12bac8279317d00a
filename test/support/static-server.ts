import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoopbackServer } from './loopback-server.js';

/** Serves one page at every path. */
export class StaticServer extends LoopbackServer {
  private constructor(private readonly content: Buffer) {
    super();
  }

  static async start(file: string): Promise<StaticServer> {
    const page = new StaticServer(readFileSync(file));
    await page.listen();
    return page;
  }

  protected respond(_request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/html' }).end(this.content);
  }
}
