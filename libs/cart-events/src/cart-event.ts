import type { AttributeValue } from '#kernel';

/** The quantity of a line of a cart before and after a change; 0 if it was not in the cart. */
export interface QuantityChange {
  readonly lineId: string;
  readonly before: number;
  readonly after: number;
  /** What the line contains now, if more than its quantity has changed; a new line only if it has options or a note. */
  readonly content?: LineContent;
}

/** What a line contains besides its quantity. */
export interface LineContent {
  /** In major units of the cart's currency; null if the line has no price. */
  readonly price: number | null;
  readonly options?: Readonly<Record<string, AttributeValue>> | undefined;
  readonly note?: string | undefined;
}

/** One change of a cart: the increment to `version`. */
export interface CartEvent {
  /** The operation that changed the cart, such as `add` or `merge`; docs/change-feed.md lists all. */
  readonly type: string;
  readonly userId: string;
  /** Who made the change for the user, if it was not the user. */
  readonly actor?: string | undefined;
  /** Distinguishes the cart from an earlier, expired one of the same user. */
  readonly life: string;
  readonly version: number;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** Every changed line, in order of the changes. If only its price changed, both quantities are equal. */
  readonly changes: readonly QuantityChange[];
}
