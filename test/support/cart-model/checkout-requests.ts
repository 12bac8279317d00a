import * as z from 'zod';
import type { ModelCast, ModelRequest } from './model-request.js';
import type { CheckoutKind, Step } from './model-step.js';
import type { ModelCheckout } from './model-checkouts.js';
import type { ModelWorld } from './model-world.js';

const UNKNOWN = 'A'.repeat(22);

/** The request of a step about a checkout. @param whose the sender, and all checkouts so far. */
export function checkoutRequest(
  kind: CheckoutKind,
  step: Step,
  world: ModelWorld,
  { userId, checkouts }: Pick<ModelCast, 'checkouts'> & { userId: string },
): ModelRequest {
  const meant = step.hits ? world.checkouts.of(userId) : checkouts;
  const id = meant[step.checkout % Math.max(1, meant.length)]?.id ?? UNKNOWN;
  const found = (): ModelCheckout | undefined => world.checkouts.of(userId).find((checkout) => checkout.id === id);
  const post = { userId, isConditional: true, method: 'POST', path: `/cart/checkout/${id}` } as const;
  switch (kind) {
    case 'checkout':
      return { ...post, ...creation(step, world, { userId, checkouts }), path: '/cart/checkout' };
    case 'get_checkout':
      return { ...post, isConditional: false, method: 'GET', carryOut: () => world.getCheckout(found()) };
    case 'abandon':
      return { ...post, method: 'DELETE', carryOut: () => world.abandon(found()) };
    case 'complete': {
      const order_id = `order-${step.order}`;
      // The order service may still send the guest's id after the checkout has moved to the user.
      const ordered = (): ModelCheckout | undefined => found() ?? world.checkouts.movedFrom(userId, id);
      const body = { user_id: userId, order_id };
      const carryOut = () => world.complete(ordered(), order_id);
      return { ...post, path: `${post.path}/complete`, isConditional: false, role: 'orders', body, carryOut };
    }
  }
}

/** The model takes the id of a checkout from the response. */
function creation(
  { accept }: Step,
  world: ModelWorld,
  { userId, checkouts }: Pick<ModelCast, 'checkouts'> & { userId: string },
): Pick<ModelRequest, 'body' | 'carryOut' | 'learn'> {
  let created: ModelCheckout | undefined;
  return {
    body: { accept_price_changes: accept },
    carryOut: () => {
      const { expected, checkout } = world.checkout(userId, accept);
      created = checkout;
      return expected;
    },
    learn: (answer) => {
      if (created === undefined) return;
      created.id = z.object({ checkout_id: z.string() }).parse(answer).checkout_id;
      checkouts.push(created);
    },
  };
}
