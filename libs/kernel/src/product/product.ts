export type AttributeValue = string | number | boolean;

/** In major units of a currency that is given elsewhere. */
export const MAX_PRICE = 1e9;

/** A product: the contract's `product_data`, with its currency resolved. */
export interface Product {
  readonly name: string;
  /** In major units of `currency`, with at most as many decimals as it has. */
  readonly price: number;
  readonly currency: string;
  readonly description?: string;
  readonly image_url?: string;
  readonly category?: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}
