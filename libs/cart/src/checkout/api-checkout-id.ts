import { EXAMPLE_VALUES } from '#http';

/** The OpenAPI parameter of a checkout's id. */
export const CHECKOUT_ID = {
  name: 'checkout_id',
  description: 'The `checkout_id` that `POST /cart/checkout` returned.',
  example: EXAMPLE_VALUES.checkout_id,
};
