import { z } from 'zod';

/** A cart as `lua/cart.lua` answers it. */
const answered = z
  .tuple([z.literal('ok'), z.number(), z.string(), z.coerce.number(), z.number(), z.array(z.string())])
  .transform(([code, version, currency, updatedAt, expiresAt, lines]) => ({
    code,
    stored: { version, currency, updatedAt, expiresAt, lines },
  }));

const quantityLimitExceeded = z
  .tuple([z.literal('quantity_limit_exceeded'), z.number()])
  .transform(([code, present]) => ({ code, present }));

const cartLineLimitExceeded = z.tuple([z.literal('cart_line_limit_exceeded')]).transform(([code]) => ({ code }));

const currencyMismatch = z
  .tuple([z.literal('currency_mismatch'), z.string()])
  .transform(([code, cartCurrency]) => ({ code, cartCurrency }));

const cartItemNotFound = z.tuple([z.literal('cart_item_not_found')]).transform(([code]) => ({ code }));

/** What each script may answer, by the codes in its header. */
export const cartReplies = {
  add: z.union([answered, quantityLimitExceeded, cartLineLimitExceeded, currencyMismatch]),
  update: z.union([answered, cartItemNotFound]),
  clear: answered,
  read: answered,
  count: z.tuple([z.number(), z.number()]).transform(([count, uniqueItems]) => ({ count, uniqueItems })),
};
