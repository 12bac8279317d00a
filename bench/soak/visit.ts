import * as z from 'zod';
import { productOf } from './products.js';
import { pause, type Shopper } from './shopper.js';
import { UserVisit } from './user-visit.js';

const guestAnswer = z.object({ access_token: z.string() });

/**
 * A visit: a guest fills a cart, then leaves permanently or becomes a user who buys it.
 * @param userId undefined for a guest who leaves.
 * @throws UnexpectedResponse
 */
export async function visitShop(shopper: Shopper, userId: string | undefined): Promise<void> {
  const { client, visit } = shopper;
  const answer = await client.send({ name: 'POST /auth/guest', status: 200 });
  const { access_token: guestToken } = guestAnswer.parse(JSON.parse(answer));
  const authorization = `Bearer ${guestToken}`;
  for (const number of [visit, visit + 1]) {
    await pause(shopper);
    const body = { product_id: productOf(number), quantity: 1 };
    await client.send({ name: 'POST /cart/add', authorization, body, status: 200 });
  }
  await pause(shopper);
  await client.send({ name: 'GET /cart', authorization, status: 200 });
  if (userId !== undefined) await new UserVisit(shopper, userId).buy(guestToken);
}
