import type { AttributeValue } from '#kernel';

export type Options = Readonly<Record<string, AttributeValue>>;

/** What a shopper chose and wrote for a line of the cart. Product data never replaces it. */
export interface Customization {
  /** Such as size or engraving. The same product with other options is another line. */
  readonly options?: Options;
  readonly note?: string;
}

/** Changes to a customization; null removes a member. */
export type CustomizationChanges = { readonly [Member in keyof Customization]?: Customization[Member] | null };
