export type AttributeValue = string | number | boolean;

/** In major units of whatever currency. */
export const MAX_PRICE = 1e9;

/** What a shop knows of a product: the contract's `product_data`, with its currency made definite. */
export interface Product {
  readonly name: string;
  /** In major units of `currency`, with no more decimals than that has. */
  readonly price: number;
  readonly currency: string;
  readonly description?: string;
  readonly image_url?: string;
  readonly category?: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}
