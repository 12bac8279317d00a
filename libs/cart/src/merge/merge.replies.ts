import * as z from 'zod';
import { rejection } from '../storage/cart.rejections.js';
import { isReadable, orReplayed, readAnswer } from '../storage/cart.replies.js';
import { CLAMP_REASONS, type MergedLine } from '../domain/merge.js';

/** Product ids and texts in turns. */
const lines = z.array(z.string()).transform((flat) => {
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) pairs.push([flat[index] ?? '', flat[index + 1] ?? '']);
  return pairs;
});

const offered = z
  .tuple([z.literal('ok'), z.string(), z.string(), lines, lines])
  .transform(([code, id, currency, cart, saved]) => ({ code, offer: { id, currency, lines: cart, saved } }));

const nothing = z.tuple([z.literal('nothing')]).transform(([code]) => ({ code }));

const leftOver = z
  .tuple([z.literal('left_over'), z.string(), z.string()])
  .transform(([code, id, userId]) => ({ code, id, userId }));

const mergedLine = z
  .tuple([z.string(), z.number(), z.number(), z.number(), z.enum(['', ...CLAMP_REASONS])])
  .transform(([productId, guestQuantity, userQuantity, quantity, reason]): MergedLine => ({
    productId,
    guestQuantity,
    userQuantity,
    quantity,
    clampedBy: reason === '' ? undefined : reason,
  }));

/** The report is missing where the response to an earlier request was dropped. */
const merged = z
  .tuple([z.literal('ok'), z.string(), z.string(), z.string(), z.array(mergedLine).optional()])
  .transform(([code, head, lines, saved, report = []]) => {
    return { code, ...readAnswer(head, lines, saved), report, replayed: false };
  })
  .refine(isReadable);

const invalidGuestToken = z.tuple([z.literal('invalid_guest_token')]).transform(([code]) => ({ code }));
const cancelled = z.tuple([z.literal('merge_cancelled')]).transform(([code]) => ({ code }));

/** What the scripts of a merge may answer, by the codes in their headers. */
export const mergeReplies = {
  offer: z.union([offered, nothing, leftOver]),
  merge: z.union([orReplayed(merged), rejection, invalidGuestToken, cancelled]),
};

export type OfferReply = z.infer<typeof mergeReplies.offer>;
export type MergeReply = z.infer<typeof mergeReplies.merge>;
