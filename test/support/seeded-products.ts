import { SHOP_PRODUCTS } from '../../scripts/start/shop-products.js';
import { bearer } from './tokens.js';

/** Caches the products that `npm start` caches, so that the pages are tested with what their readers have. */
export async function seedProducts(url: string): Promise<void> {
  const response = await fetch(`${url}/cache/products`, {
    method: 'POST',
    headers: { authorization: bearer('catalogue', 'catalog'), 'content-type': 'application/json' },
    body: JSON.stringify({ products: SHOP_PRODUCTS }),
  });
  if (!response.ok) throw new Error(`The products are not cached: ${await response.text()}`);
}
