import type { ClampReason, MergedLine } from '#kernel';
import { MAX_QUANTITY } from './cart.js';
import type { Message } from './message.js';

const WHY: Readonly<Record<ClampReason, string>> = {
  quantity_limit_exceeded: `at most ${MAX_QUANTITY} of a product are allowed`,
  cart_line_limit_exceeded: 'the maximum number of products is reached',
  cart_size_exceeded: 'the maximum size is reached',
  currency_mismatch: 'the price is in another currency',
};
const WHERE = {
  saved: ' You find them among the saved items.',
  guest: ' They are still in the cart from before signing in.',
};

/** What a shopper should be told after a merge: of which lines the cart did not take all. */
export function messagesOfMerge(report: readonly MergedLine[]): readonly Message[] {
  return report.flatMap(({ lineId, guestQuantity, clampedBy, remainder, keptIn }): Message[] => {
    if (clampedBy === undefined) return [];
    const detail = `${remainder} of ${guestQuantity} could not be added: ${WHY[clampedBy]}.`;
    const where = keptIn === undefined ? '' : WHERE[keptIn];
    return [{ code: 'clamped', severity: 'warning', lineId, detail: `${detail}${where}` }];
  });
}
