import type { CartClient } from './cart-client.js';

export const BIG_CART_LINES = 200;
const LINES_OF_A_BATCH = 25;

/** Puts 200 lines into a cart, `p-0` to `p-199`, which nearly fill it: more than 270 KB of JSON. */
export async function fillBigCart(cart: CartClient): Promise<void> {
  for (let first = 0; first < BIG_CART_LINES; first += LINES_OF_A_BATCH) {
    const operations = Array.from({ length: LINES_OF_A_BATCH }, (_, index) => ({
      op: 'add',
      product_id: `p-${first + index}`,
      quantity: 1,
      product_data: { name: 'Product', price: 9.99, description: 'd'.repeat(1150) },
    }));
    await cart.batch(...operations).expect(200);
  }
}
