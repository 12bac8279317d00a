import * as z from 'zod';
import { refusal } from '../storage/cart.refusals.js';
import { orReplayed, quantityChanges } from '../storage/cart.replies.js';
import type { StoredCheckout } from '../storage/stored-checkout.js';
import { CartEmptyError, CheckoutNotFoundError, PriceChangedError, UnpricedItemsError } from './checkout.errors.js';

/** A checkout as `lua/checkouts.lua` tells it. */
const told = z
  .tuple([z.string(), z.number(), z.number(), z.number(), z.string(), z.string(), z.number(), z.array(z.string())])
  .transform(([id, createdAt, expiresAt, version, currency, orderId, completedAt, lines]): StoredCheckout => {
    const completion = orderId === '' ? undefined : { orderId, at: completedAt };
    return { id, createdAt, expiresAt, version, currency, completion, lines };
  });

const created = z
  .tuple([z.literal('ok'), told, z.coerce.number(), quantityChanges, z.string()])
  .transform(([code, stored, updatedAt, changes, life]) => ({
    code,
    stored,
    updatedAt,
    changes,
    life,
    replayed: false,
  }));

const completed = z
  .tuple([z.literal('ok'), told, z.coerce.number(), quantityChanges, z.string(), z.number()])
  .transform(([code, stored, updatedAt, changes, life, version]) => ({
    code,
    stored,
    updatedAt,
    changes,
    life,
    version,
    replayed: false,
  }));

const found = z.tuple([z.literal('ok'), told]).transform(([code, stored]) => ({ code, stored }));
const abandoned = z.tuple([z.literal('ok')]).transform(([code]) => ({ code, replayed: false }));

const priceChange = z
  .tuple([z.string(), z.string(), z.coerce.number()])
  .transform(([product_id, price, current_price]) => ({
    product_id,
    price: price === '' ? null : Number(price),
    current_price,
  }));

const refused = <T extends Error>(error: T) => ({ code: 'refused' as const, error });
const notFound = z.tuple([z.literal('checkout_not_found')]).transform(() => refused(new CheckoutNotFoundError()));
const notReady = z.union([
  z.tuple([z.literal('cart_empty')]).transform(() => refused(new CartEmptyError())),
  z
    .tuple([z.literal('price_changed'), z.array(priceChange)])
    .transform(([, changes]) => refused(new PriceChangedError(changes))),
  z
    .tuple([z.literal('unpriced_items'), z.array(z.string())])
    .transform(([, productIds]) => refused(new UnpricedItemsError(productIds))),
]);

/** What the scripts of a checkout may answer, by the codes in their headers. */
export const checkoutReplies = {
  checkout: z.union([orReplayed(created), refusal, notReady]),
  read: z.union([found, notFound]),
  complete: z.union([orReplayed(completed), refusal, notFound]),
  abandon: z.union([orReplayed(abandoned), refusal, notFound]),
};

export type CheckoutReply = z.infer<typeof checkoutReplies.checkout>;
export type ReadCheckoutReply = z.infer<typeof checkoutReplies.read>;
export type CompleteReply = z.infer<typeof checkoutReplies.complete>;
export type AbandonReply = z.infer<typeof checkoutReplies.abandon>;
