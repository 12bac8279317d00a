import type { Api, CallOptions } from '../api/api.js';
import { asWrite, ifMatchHeader, type WriteOptions } from '../api/write-options.js';
import type { Checkout, CheckoutCompletion, CheckoutRequest } from './cart-types.js';

/** Turns the cart into an order. */
export class CheckoutClient {
  constructor(private readonly api: Api) {}

  /**
   * Freezes the lines and the total for the payment. If the cart has not changed, the open checkout is returned again.
   * @throws ProblemError such as `price_changed`, whose `problem.price_changes` says which.
   */
  async create(request: CheckoutRequest = {}, options: WriteOptions = {}): Promise<Checkout> {
    return this.api.call('post', '/cart/checkout', { ...asWrite(options), body: request });
  }

  async get(checkoutId: string, { signal }: CallOptions = {}): Promise<Checkout> {
    return this.api.call('get', '/cart/checkout/{checkout_id}', { signal, path: { checkout_id: checkoutId } });
  }

  async abandon(checkoutId: string, options: WriteOptions = {}): Promise<void> {
    await this.api.call('delete', '/cart/checkout/{checkout_id}', {
      ...asWrite(options),
      path: { checkout_id: checkoutId },
    });
  }

  /** For the order service (role `orders`), after the payment. A retry with the same `order_id` changes nothing. */
  async complete(
    checkoutId: string,
    completion: CheckoutCompletion,
    { signal, ifMatch }: Pick<WriteOptions, 'signal' | 'ifMatch'> = {},
  ): Promise<Checkout> {
    return this.api.call('post', '/cart/checkout/{checkout_id}/complete', {
      signal,
      headers: ifMatchHeader(ifMatch),
      path: { checkout_id: checkoutId },
      body: completion,
      isRetryable: true,
    });
  }
}
