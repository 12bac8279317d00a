/** Whether the offer was applied to the user's cart, or never will be; and what stays with the guest. */
export interface OfferOutcome {
  readonly state: 'applied' | 'cancelled';
  /** `c:<line id>`, `s:<id of a saved line>` or `k:<id of a checkout>`. */
  readonly stay: readonly string[];
}

const SEPARATOR = '\x1f';
/** Precedes the packed report, which only `merge.lua` reads. */
const REPORT = '\x1e';

/** The outcome of an offer as `merge.lua` stores it. @param text null if there is none: it is cancelled. */
export function parseOutcome(text: string | null): OfferOutcome {
  const [state, ...stay] = text?.split(REPORT)[0]?.split(SEPARATOR) ?? [];
  return { state: state === 'applied' ? 'applied' : 'cancelled', stay };
}
