import type { AttributeValue } from '#kernel';

export const MAX_QUANTITY = 1000;

/** Whose name and price a line has: the product cache's, or the caller's own. */
export type PriceSource = 'catalog' | 'client';

/** What a line says of its product. Lines of the same text share one object. */
export interface LineProduct {
  readonly name: string | null;
  /** In major units of the cart's currency; null if no one named a price. */
  readonly price: number | null;
  readonly priceSource: PriceSource | null;
  readonly description?: string;
  readonly imageUrl?: string;
  readonly category?: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/** One product of a cart. Times are milliseconds since the Unix epoch, null where the line's writer kept none. */
export interface CartLine {
  readonly productId: string;
  readonly quantity: number;
  readonly product: LineProduct;
  readonly addedAt: number | null;
  readonly updatedAt: number | null;
  /** What the catalogue asks for the product now, where that is not `price`. */
  readonly currentPrice?: number;
}

/** A line that is saved for later, outside of the cart's counts and total. */
export interface SavedLine extends CartLine {
  /** Of its price; null if it has none. */
  readonly currency: string | null;
}

/** A user's cart at one version; its lines stand in the order in which they were first added. */
export interface Cart {
  readonly userId: string;
  readonly lines: readonly CartLine[];
  readonly saved: readonly SavedLine[];
  readonly currency: string;
  readonly version: number;
  /** Tells this cart from an earlier one of the user that has expired; `''` before the first change. */
  readonly life: string;
  /** Milliseconds since the Unix epoch; null for an empty cart, and where the cart's writer kept none. */
  readonly updatedAt: number | null;
  readonly expiresAt: number | null;
  /** How many lines have a `currentPrice`; undefined if no one compared. */
  readonly priceChanges?: number;
}

export interface CartCount {
  /** The sum of the quantities. */
  readonly count: number;
  readonly uniqueItems: number;
}
