import * as z from 'zod';
import { pairsOf } from '#redis';
import { Rejected, rejection } from '../storage/cart.rejections.js';
import { storedCheckout } from '../storage/checkout.replies.js';
import { isReadable, orReplayed, readCart } from '../storage/cart.replies.js';
import { CLAMP_REASONS, type MergedLine } from '#kernel';
import { productIdOf } from '../domain/line-id.js';
import { parseAttributes, parseNote } from '../storage/stored-details.js';
import { InvalidGuestTokenError } from '../storage/merge.errors.js';

/** Line ids and texts, alternating. */
const lines = z.array(z.string()).transform(pairsOf);

/** '' if there is none. */
const optionalId = z.string().transform((id) => (id === '' ? undefined : id));

const offered = z
  .tuple([
    z.literal('ok'),
    z.string(),
    z.string(),
    lines,
    lines,
    z.array(storedCheckout),
    z.string(),
    z.string(),
    optionalId,
  ])
  .transform(([code, id, currency, cart, saved, checkouts, note, attributes, latestMerge]) => ({
    code,
    offer: { id, currency, lines: cart, saved, checkouts, note, attributes, latestMerge },
  }));

const nothing = z.tuple([z.literal('nothing'), optionalId]).transform(([code, latestMerge]) => ({ code, latestMerge }));

const leftOver = z
  .tuple([z.literal('left_over'), z.string(), z.string(), offered.optional()])
  .transform(([code, id, userId, ifCancelled]) => ({ code, id, userId, ifCancelled: ifCancelled?.offer }));

const mergedLine = z
  .tuple([
    z.string(),
    z.number(),
    z.number(),
    z.number(),
    z.enum(['', ...CLAMP_REASONS]),
    z.number().default(0),
    z.enum(['', 'saved', 'guest']).default(''),
  ])
  .transform(([lineId, guestQuantity, userQuantity, quantity, reason, remainder, keptIn]): MergedLine => ({
    lineId,
    productId: productIdOf(lineId),
    guestQuantity,
    userQuantity,
    quantity,
    clampedBy: reason === '' ? undefined : reason,
    remainder,
    keptIn: keptIn === '' ? undefined : keptIn,
  }));

const report = z.array(mergedLine);

const notTaken = z
  .tuple([z.string(), z.string()])
  .transform(([note, attributes]) => ({ note: parseNote(note), attributes: parseAttributes(attributes) }));
const ALL_TAKEN = { note: null, attributes: {} };

/**
 * The report is missing if the response to the earlier request was dropped; details and what was not taken, if an earlier build
 * recorded it.
 */
const merged = z
  .union([
    z.tuple([z.literal('ok'), z.string(), z.string(), z.string(), z.string(), report.optional(), notTaken.optional()]),
    z
      .tuple([z.literal('ok'), z.string(), z.string(), z.string(), report])
      .transform(([code, head, cart, saved, rows]) => [code, head, cart, saved, '', rows, ALL_TAKEN] as const),
  ])
  .transform(([, head, cart, saved, details, rows = [], left = ALL_TAKEN]) => ({
    ...readCart(head, cart, saved, details),
    report: rows,
    notTaken: left,
    replayed: false,
  }))
  .refine(isReadable);

const invalidGuestToken = z
  .tuple([z.literal('invalid_guest_token')])
  .transform(() => new Rejected(new InvalidGuestTokenError()));
const cancelled = z.tuple([z.literal('merge_cancelled')]).transform(() => ({ cancelled: true as const }));

/** The replies of the merge scripts, by the codes in their headers. */
export const mergeReplies = {
  offer: z.union([offered, nothing, leftOver]),
  merge: z.union([orReplayed(merged), rejection, invalidGuestToken, cancelled]),
};

export type OfferReply = z.infer<typeof mergeReplies.offer>;
