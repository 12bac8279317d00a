import * as z from 'zod';
import { Rejected, rejection } from '../storage/cart.rejections.js';
import { orReplayed, quantityChanges } from '../storage/cart.replies.js';
import { storedCheckout } from '../storage/checkout.replies.js';
import { productIdOf } from '../domain/line-id.js';
import {
  CartEmptyError,
  CheckoutLimitExceededError,
  CheckoutNotFoundError,
  PriceChangedError,
  UnavailableItemsError,
  UnpricedItemsError,
} from './checkout.errors.js';

/**
 * A checkout and what the write changed in the cart: life, version, quantities and time. Replies that an earlier build recorded are
 * shorter.
 */
const created = z
  .tuple([
    z.literal('ok'),
    storedCheckout,
    z.coerce.number(),
    quantityChanges,
    z.string(),
    z.number().default(1),
    z.number().default(0),
    z.string().default(''),
  ])
  .transform(([, stored, at, changes, life, isNew, changed, contents]) => ({
    stored,
    life,
    version: stored.version,
    at,
    changes,
    contents,
    changed: changed === 1,
    isNew: isNew === 1,
    replayed: false,
  }));

const completed = z
  .tuple([z.literal('ok'), storedCheckout, z.coerce.number(), quantityChanges, z.string(), z.number(), z.number()])
  .transform(([, stored, at, changes, life, version, changed]) => ({
    stored,
    life,
    version,
    at,
    changes,
    contents: '',
    changed: changed === 1,
    isNew: false,
    replayed: false,
  }));

const found = z.tuple([z.literal('ok'), storedCheckout]).transform(([, stored]) => ({ stored }));
const abandoned = z.tuple([z.literal('ok')]).transform(() => ({ replayed: false }));

const priceChange = z
  .tuple([z.string(), z.string(), z.coerce.number()])
  .transform(([lineId, price, current_price]) => ({
    product_id: productIdOf(lineId),
    line_id: lineId,
    price: price === '' ? null : Number(price),
    current_price,
  }));

const notFound = z.tuple([z.literal('checkout_not_found')]).transform(() => new Rejected(new CheckoutNotFoundError()));
const notReady = z.union([
  z.tuple([z.literal('cart_empty')]).transform(() => new Rejected(new CartEmptyError())),
  z
    .tuple([z.literal('checkout_limit_exceeded'), z.number()])
    .transform(([, oldestExpiresAt]) => new Rejected(new CheckoutLimitExceededError(oldestExpiresAt))),
  z
    .tuple([z.literal('price_changed'), z.array(priceChange)])
    .transform(([, changes]) => new Rejected(new PriceChangedError(changes))),
  z
    .tuple([z.literal('unpriced_items'), z.array(z.string())])
    .transform(([, lineIds]) => new Rejected(new UnpricedItemsError(lineIds))),
  z
    .tuple([z.literal('unavailable_items'), z.array(z.string())])
    .transform(([, lineIds]) => new Rejected(new UnavailableItemsError(lineIds))),
]);

const moved = z.tuple([z.literal('checkout_moved'), z.string()]).transform(([, userId]) => ({ movedTo: userId }));

/** The replies of the checkout scripts, by the codes in their headers. */
export const checkoutReplies = {
  checkout: z.union([orReplayed(created), rejection, notReady]),
  read: z.union([found, notFound]),
  complete: z.union([orReplayed(completed), rejection, notFound, moved]),
  abandon: z.union([orReplayed(abandoned), rejection, notFound]),
};

export type CheckoutReply = z.infer<typeof completed>;
