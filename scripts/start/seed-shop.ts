import type { Config } from '#config';
import { issueToken } from '../issue-token.js';
import { SHOP_PRODUCTS } from './shop-products.js';

/** As long as the product cache keeps a product. */
const TTL_SECONDS = 7 * 86_400;

/**
 * Puts the products of the example shop into the product cache, as a catalogue service would.
 * @param url the running service.
 * @returns whether they are there now. They are not if Redis is not available.
 */
export async function seedShop(url: string, { auth }: Config): Promise<boolean> {
  const token = issueToken(auth, { userId: 'shop-catalogue', roles: ['catalog'], expiresIn: 60 });
  return fetch(`${url}/cache/products`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ products: SHOP_PRODUCTS.map((each) => ({ ...each, ttl_seconds: TTL_SECONDS })) }),
  }).then(
    ({ ok }) => ok,
    () => false,
  );
}
