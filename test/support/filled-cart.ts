import { CartClient, LAPTOP, MOUSE } from './cart-client.js';
import type { Http } from './test-app.js';

/** A cart at version 3 with a laptop, a saved mouse, and a checkout with the returned id. */
export async function filledCart(http: Http, userId: string): Promise<{ cart: CartClient; id: string }> {
  const cart = new CartClient(http, userId);
  await cart.add('mouse', 1, MOUSE).expect(200);
  await cart.save('mouse').expect(200);
  await cart.add('laptop', 1, LAPTOP).expect(200);
  const { body } = await cart.checkout().expect(201);
  return { cart, id: body.checkout_id };
}
