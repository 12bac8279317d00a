import * as z from 'zod';
import { rejection } from '../storage/cart.rejections.js';
import { orReplayed, quantityChanges } from '../storage/cart.replies.js';
import type { StoredCheckout } from '../storage/stored-checkout.js';
import { CartEmptyError, CheckoutNotFoundError, PriceChangedError, UnpricedItemsError } from './checkout.errors.js';

/** A checkout as `lua/checkouts.lua` tells it. */
const storedCheckout = z
  .tuple([z.string(), z.number(), z.number(), z.number(), z.string(), z.string(), z.number(), z.array(z.string())])
  .transform(([id, createdAt, expiresAt, version, currency, orderId, completedAt, lines]): StoredCheckout => {
    const completion = orderId === '' ? undefined : { orderId, at: completedAt };
    return { id, createdAt, expiresAt, version, currency, completion, lines };
  });

const created = z
  .tuple([z.literal('ok'), storedCheckout, z.coerce.number(), quantityChanges, z.string()])
  .transform(([code, stored, updatedAt, changes, life]) => ({
    code,
    stored,
    updatedAt,
    changes,
    life,
    replayed: false,
  }));

const completed = z
  .tuple([z.literal('ok'), storedCheckout, z.coerce.number(), quantityChanges, z.string(), z.number()])
  .transform(([code, stored, updatedAt, changes, life, version]) => ({
    code,
    stored,
    updatedAt,
    changes,
    life,
    version,
    replayed: false,
  }));

const found = z.tuple([z.literal('ok'), storedCheckout]).transform(([code, stored]) => ({ code, stored }));
const abandoned = z.tuple([z.literal('ok')]).transform(([code]) => ({ code, replayed: false }));

const priceChange = z
  .tuple([z.string(), z.string(), z.coerce.number()])
  .transform(([product_id, price, current_price]) => ({
    product_id,
    price: price === '' ? null : Number(price),
    current_price,
  }));

const rejected = <T extends Error>(error: T) => ({ code: 'rejected' as const, error });
const notFound = z.tuple([z.literal('checkout_not_found')]).transform(() => rejected(new CheckoutNotFoundError()));
const notReady = z.union([
  z.tuple([z.literal('cart_empty')]).transform(() => rejected(new CartEmptyError())),
  z
    .tuple([z.literal('price_changed'), z.array(priceChange)])
    .transform(([, changes]) => rejected(new PriceChangedError(changes))),
  z
    .tuple([z.literal('unpriced_items'), z.array(z.string())])
    .transform(([, productIds]) => rejected(new UnpricedItemsError(productIds))),
]);

/** What the scripts of a checkout may answer, by the codes in their headers. */
export const checkoutReplies = {
  checkout: z.union([orReplayed(created), rejection, notReady]),
  read: z.union([found, notFound]),
  complete: z.union([orReplayed(completed), rejection, notFound]),
  abandon: z.union([orReplayed(abandoned), rejection, notFound]),
};

export type CheckoutReply = z.infer<typeof checkoutReplies.checkout>;
export type ReadCheckoutReply = z.infer<typeof checkoutReplies.read>;
export type CompleteReply = z.infer<typeof checkoutReplies.complete>;
export type AbandonReply = z.infer<typeof checkoutReplies.abandon>;
