import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { Server } from 'node:http';

type Answer = (response: ServerResponse) => void;

/** A shop's catalogue: an HTTP server that knows products by the last part of the path. */
export class ProductOrigin {
  readonly products = new Map<string, object>();
  /** The paths that it was asked for, as they came. */
  readonly asked: string[] = [];
  /** What it does instead of answering. */
  instead: Answer | undefined;
  /** Resolves when an answer may go out. */
  gate: Promise<void> = Promise.resolve();
  private port = 0;

  private constructor(private readonly server: Server) {
    server.on('request', ({ url = '' }, response: ServerResponse) => {
      this.asked.push(url);
      void this.gate.then(() => {
        if (this.instead !== undefined) this.instead(response);
        else this.answer(url, response);
      });
    });
  }

  static async start(): Promise<ProductOrigin> {
    const origin = new ProductOrigin(createServer());
    await origin.listen();
    return origin;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What `CATALOG_URL` has to say. */
  get template(): string {
    return `${this.url}/products/{product_id}`;
  }

  /** Goes away; its address stays its own. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  async listen(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
    this.port = address.port;
  }

  private answer(path: string, response: ServerResponse): void {
    const product = this.products.get(decodeURIComponent(path.replace('/products/', '')));
    response.writeHead(product === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(product ?? {}));
  }
}
