import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { OwnChanges } from './own-changes.js';
import { productOf } from './products.js';
import type { Call } from './shop-client.js';
import { pause, type Shopper } from './shopper.js';

const sessionAnswer = z.object({ session_id: z.string() });
const cartResponse = z.object({ version: z.number() });
const mergeAnswer = z.object({ cart: cartResponse });
const checkoutAnswer = z.object({ checkout_id: z.string() });

/** The requests of a guest who has become a user. */
export class UserVisit {
  private readonly authorization: string;

  constructor(
    private readonly shopper: Shopper,
    private readonly userId: string,
  ) {
    this.authorization = shopper.authorizationOf(userId);
  }

  /**
   * Merges the guest's cart, adds to it, buys everything and browses, with a session and an event stream.
   * @throws UnexpectedResponse
   */
  async buy(guestToken: string): Promise<void> {
    const answer = await this.send({ name: 'POST /session/create', body: { data: { step: 1 } }, status: 201 });
    const session = `/session/${sessionAnswer.parse(JSON.parse(answer)).session_id}`;
    const changes = await this.openStream();
    try {
      await this.merge(guestToken, changes);
      await this.addTwice(changes);
      await this.checkOut(changes);
    } finally {
      changes.close();
    }
    const product = productOf(this.shopper.visit);
    await this.send({ name: 'GET /cache/product/{id}', path: `/cache/product/${product}`, status: 200 });
    await this.send({ name: 'GET /cart/count', status: 200 });
    await this.send({ name: 'PATCH /session/{id}', path: session, body: { data: { step: 2 } }, status: 200 });
    await this.send({ name: 'DELETE /session/{id}', path: session, status: 204 });
  }

  private async openStream(): Promise<OwnChanges> {
    const call = { name: 'GET /cart/events', authorization: this.authorization, status: 200 };
    const changes = new OwnChanges(await this.shopper.client.open(call));
    await changes.ready();
    return changes;
  }

  private async merge(guestToken: string, changes: OwnChanges): Promise<void> {
    const answer = await this.send({ name: 'POST /cart/merge', body: { guest_token: guestToken }, status: 200 });
    await this.see(changes, 'merge', mergeAnswer.parse(JSON.parse(answer)).cart.version);
  }

  /** Adds a product and retries with the same key, as if the response had been lost: the replay is the same response. */
  private async addTwice(changes: OwnChanges): Promise<void> {
    const call = {
      name: 'POST /cart/add',
      headers: { 'idempotency-key': randomUUID() },
      body: { product_id: productOf(this.shopper.visit + 2), quantity: 1 },
      status: 200,
    };
    const first = await this.send(call);
    await this.see(changes, 'add', cartResponse.parse(JSON.parse(first)).version);
    if ((await this.send(call)) !== first)
      throw this.shopper.client.failed(call, 'a replay differs from the first response');
  }

  private async checkOut(changes: OwnChanges): Promise<void> {
    const answer = await this.send({ name: 'POST /cart/checkout', status: 201 });
    const { checkout_id: id } = checkoutAnswer.parse(JSON.parse(answer));
    await this.send({
      name: 'POST /cart/checkout/{id}/complete',
      path: `/cart/checkout/${id}/complete`,
      authorization: this.shopper.authorizationOf('order-service', 'orders'),
      body: { user_id: this.userId, order_id: `order-${id}` },
      status: 200,
    });
    await this.see(changes, 'complete');
  }

  /** Waits until the stream reports a change that was made. */
  private async see(changes: OwnChanges, type: string, version?: number): Promise<void> {
    const seen = await changes.next().catch(() => undefined);
    if (seen?.type === type && (version === undefined || seen.version === version)) return;
    const told = seen === undefined ? 'nothing' : `${seen.type} ${seen.version}`;
    throw this.shopper.client.failed({ name: 'GET /cart/events', status: 200 }, `${told} instead of ${type}`);
  }

  private async send(call: Call): Promise<string> {
    await pause(this.shopper);
    return this.shopper.client.send({ authorization: this.authorization, ...call });
  }
}
