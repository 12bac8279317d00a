import type { Checkout } from '@cartwright/client';

/** An order that the order service has taken. */
export interface PlacedOrder {
  readonly orderId: string;
}

/**
 * Has the order service complete a checkout. Can be called again with the same checkout: the order is placed once.
 * @returns undefined if there is no order service, as in production.
 * @throws Error if there was no response, or an unexpected one.
 */
export async function placeOrder(checkout: Checkout, accessToken: string): Promise<PlacedOrder | undefined> {
  const response = await fetch('/shop/orders', {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ checkout_id: checkout.checkout_id }),
  });
  if (response.status === 404 || response.status === 405) return undefined;
  const body: unknown = response.ok ? await response.json() : undefined;
  if (typeof body !== 'object' || body === null || !('order_id' in body) || typeof body.order_id !== 'string') {
    throw new Error(`The order service responded with ${response.status}.`);
  }
  return { orderId: body.order_id };
}
