import type { ServerResponse } from 'node:http';
import { StubServer } from './stub-server.js';

/** A shop's catalogue: an HTTP server that knows products by the last part of the path. */
export class ProductOrigin extends StubServer {
  readonly products = new Map<string, object>();

  static async start(): Promise<ProductOrigin> {
    const origin = new ProductOrigin();
    await origin.listen();
    return origin;
  }

  /** What `CATALOG_URL` has to say. */
  get template(): string {
    return `${this.url}/products/{product_id}`;
  }

  protected override answer(path: string, response: ServerResponse): void {
    StubServer.json(response, this.products.get(decodeURIComponent(path.replace('/products/', ''))));
  }
}
