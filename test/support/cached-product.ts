import type { Http } from './test-app.js';
import { bearer } from './tokens.js';

/** Puts a product into the product cache, replacing any existing one. */
export async function cacheProduct(http: Http, productId: string, product: object): Promise<void> {
  await http
    .post(`/cache/product/${encodeURIComponent(productId)}`)
    .set('Authorization', bearer('editor', 'catalog'))
    .send(product)
    .expect(200);
}
