import type { ShopClient } from './shop-client.js';

export const PRODUCTS = 20;
/** The longest lifetime that the service accepts: no product may expire during the run. */
const TTL_SECONDS = 604_800;

/** Ids of the same length, so that all visits leave the same number of bytes. */
export function productOf(number: number): string {
  return `product-${String((number % PRODUCTS) + 10)}`;
}

/** Puts the products of the shop into the product cache. */
export async function fillShop(client: ShopClient, authorization: string): Promise<void> {
  const products = Array.from({ length: PRODUCTS }, (_, number) => ({
    product_id: productOf(number),
    name: `Product number ${number + 10}`,
    price: 19.99,
    ttl_seconds: TTL_SECONDS,
  }));
  await client.send({ name: 'POST /cache/products', authorization, body: { products }, status: 200 });
}
