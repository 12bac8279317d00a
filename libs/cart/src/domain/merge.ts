export const MERGE_STRATEGIES = ['sum', 'max', 'keep_user', 'keep_guest'] as const;

/** Which quantities a merged cart has; the contract describes each. */
export type MergeStrategy = (typeof MERGE_STRATEGIES)[number];

/** A guest's cart that is offered to a user. */
export interface Offer {
  readonly id: string;
  /** `''` if no line has set one. */
  readonly currency: string;
  /** Product ids with the texts of their lines. */
  readonly lines: readonly (readonly [productId: string, text: string])[];
  readonly saved: readonly (readonly [productId: string, text: string])[];
}

/** What became of one product in a merge. */
export interface MergedLine {
  readonly productId: string;
  readonly guestQuantity: number;
  /** The user's quantity before the merge. */
  readonly userQuantity: number;
  readonly quantity: number;
  /** Why there is less than the strategy asks for; undefined if there is not. */
  readonly clampedBy: ClampReason | undefined;
}

export const CLAMP_REASONS = [
  'quantity_limit_exceeded',
  'cart_line_limit_exceeded',
  'cart_size_exceeded',
  'currency_mismatch',
] as const;
export type ClampReason = (typeof CLAMP_REASONS)[number];
