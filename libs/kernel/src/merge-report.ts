export const CLAMP_REASONS = [
  'quantity_limit_exceeded',
  'cart_line_limit_exceeded',
  'cart_size_exceeded',
  'currency_mismatch',
] as const;
export type ClampReason = (typeof CLAMP_REASONS)[number];

/** The outcome of a merge for one line. */
export interface MergedLine {
  readonly lineId: string;
  readonly productId: string;
  readonly guestQuantity: number;
  /** The user's quantity before the merge. */
  readonly userQuantity: number;
  readonly quantity: number;
  /** Why the quantity is less than the strategy asks for; undefined if it is not. */
  readonly clampedBy: ClampReason | undefined;
  /** By how much. */
  readonly remainder: number;
  /** Where a line is that the cart could not take: among the user's saved lines, or still with the guest. */
  readonly keptIn: 'saved' | 'guest' | undefined;
}

/** What became of a guest's cart that was merged into a user's. */
export interface MergeReport {
  readonly report: readonly MergedLine[];
  /** The guest's note and attributes that the user's cart could not take. */
  readonly notTaken: {
    readonly note: string | null;
    readonly attributes: Readonly<Record<string, string>>;
  };
}
