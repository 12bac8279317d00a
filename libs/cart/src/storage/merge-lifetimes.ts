/**
 * How long an offer, and the note that it was applied, are kept. Longer than a guest's token lives, so that no cart can be
 * offered again after its note is gone.
 */
export const OFFER_LIFETIME_MS = 60 * 86_400_000;
export const OUTCOME_LIFETIME_MS = OFFER_LIFETIME_MS + 86_400_000;
/** How long the note outlives its offer, for merges that still work with that offer: no request takes this long. */
export const ENDED_OUTCOME_LIFETIME_MS = 86_400_000;
