import type { OfferOutcome } from '../storage/offer-outcome.js';
import type { StoredCheckout } from '../storage/stored-checkout.js';

/** A guest's cart that is offered to a user. */
export interface Offer {
  readonly id: string;
  /** `''` if no line has set one. */
  readonly currency: string;
  /** Of the cart, as JSON; `''` if it has none. */
  readonly note: string;
  readonly attributes: string;
  /** Line ids with the stored texts of the lines. */
  readonly lines: readonly (readonly [lineId: string, text: string])[];
  readonly saved: readonly (readonly [lineId: string, text: string])[];
  /** Those that can still be completed. */
  readonly checkouts: readonly StoredCheckout[];
  /** The offer of the guest's latest merge, whose report no response may have returned. */
  readonly latestMerge: string | undefined;
}

/** What is left of a guest's cart once an earlier merge is finished. */
export function leftAfter(offer: Offer, { state, stay }: OfferOutcome): Offer {
  if (state === 'cancelled') return offer;
  const stays = (prefix: 'c' | 's' | 'k', id: string): boolean => stay.includes(`${prefix}:${id}`);
  return {
    ...offer,
    note: '',
    attributes: '',
    lines: offer.lines.filter(([lineId]) => stays('c', lineId)),
    saved: offer.saved.filter(([lineId]) => stays('s', lineId)),
    checkouts: offer.checkouts.filter(({ id }) => stays('k', id)),
  };
}
