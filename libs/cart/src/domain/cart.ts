import type { AttributeValue } from '#kernel';
import type { Customization } from './customization.js';

export const MAX_QUANTITY = 1000;
/** Of a cart. */
export const MAX_ATTRIBUTES = 50;

/** Where the name and price of a line come from: the product cache or the client. */
export type PriceSource = 'catalog' | 'client';

/** The product snapshot of a line. Lines with the same text share one object. */
export interface LineProduct {
  readonly name: string | null;
  /** In major units of the cart's currency; null if the line has no price. */
  readonly price: number | null;
  readonly priceSource: PriceSource | null;
  readonly description?: string;
  readonly imageUrl?: string;
  readonly category?: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/**
 * One product of a cart, with the options that were chosen. Times are in milliseconds since the Unix epoch, or null if the line
 * was written without them.
 */
export interface CartLine {
  readonly lineId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly product: LineProduct;
  readonly customization: Customization;
  readonly addedAt: number | null;
  readonly updatedAt: number | null;
  /** The price in the product cache, if it differs from `price`. */
  readonly currentPrice?: number;
  /** false if the product has to be in the product cache and is not. Such a line is left out of totals. */
  readonly available?: boolean;
}

/** A line that is saved for later. It does not count towards the cart's counts and total. */
export interface SavedLine extends CartLine {
  /** Of the price; null if there is none. */
  readonly currency: string | null;
}

/** A user's cart at one version. Its lines are in the order in which they were first added. */
export interface Cart {
  readonly userId: string;
  readonly lines: readonly CartLine[];
  readonly saved: readonly SavedLine[];
  /** The ids of lines that cannot be read, because another program wrote them. They are counted nowhere. */
  readonly unreadable: readonly string[];
  readonly currency: string;
  readonly note: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly version: number;
  /** Distinguishes this cart from an earlier, expired one of the same user; `''` before the first change. */
  readonly life: string;
  /** Milliseconds since the Unix epoch; null for an empty cart, or if the cart was written without a time. */
  readonly updatedAt: number | null;
  readonly expiresAt: number | null;
  /** How many lines have a `currentPrice`; undefined if prices were not compared. */
  readonly priceChanges?: number;
}

export interface CartCount {
  /** The sum of the quantities. */
  readonly count: number;
  readonly uniqueItems: number;
}
