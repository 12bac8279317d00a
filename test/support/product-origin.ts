import type { ServerResponse } from 'node:http';
import { StubServer } from './stub-server.js';

/** A shop's product origin: an HTTP server that finds products by the last part of the path. */
export class ProductOrigin extends StubServer {
  readonly products = new Map<string, object>();
  /** Products for which it fails, and how. */
  readonly broken = new Map<string, (response: ServerResponse) => void>();

  static async start(): Promise<ProductOrigin> {
    const origin = new ProductOrigin();
    await origin.listen();
    return origin;
  }

  /** The value for `CATALOG_URL`. */
  get template(): string {
    return `${this.url}/products/{product_id}`;
  }

  protected override answer(path: string, response: ServerResponse): void {
    const productId = decodeURIComponent(path.replace('/products/', ''));
    const fail = this.broken.get(productId);
    if (fail !== undefined) fail(response);
    else StubServer.json(response, this.products.get(productId));
  }
}
