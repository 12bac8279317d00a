import type { Product } from '#kernel';
import type { PriceSource } from './cart.js';
import type { Customization, CustomizationChanges } from './customization.js';

/** A requested product with its quantity. */
export interface WantedProduct {
  readonly lineId: string;
  readonly productId: string;
  readonly quantity: number;
  /** Client-supplied product data. */
  readonly clientProduct: Product | undefined;
  readonly customization: Customization;
}

/** The same with its resolved product data; `product` is undefined if there is none. */
export interface ResolvedProduct {
  readonly lineId: string;
  readonly quantity: number;
  readonly product: Product | undefined;
  readonly source: PriceSource;
  readonly customization: Customization;
}

/** Changes to a line. */
export interface LineChanges {
  readonly quantity: number | undefined;
  readonly customization: CustomizationChanges;
}

/** An operation on a line that is in the cart or saved. */
export type LineOperation =
  | { readonly op: 'update'; readonly lineId: string; readonly quantity: number }
  | { readonly op: 'remove' | 'save' | 'restore'; readonly lineId: string }
  | { readonly op: 'note'; readonly lineId: string; readonly note: string | null };

/** One requested operation of a batch. */
export type WantedOperation = ({ readonly op: 'add' | 'set' } & WantedProduct) | LineOperation;

/** One operation of a batch, with resolved product data. */
export type Operation = ({ readonly op: 'add' | 'set' } & ResolvedProduct) | LineOperation;

/** The note and the attributes of a cart. */
export interface CartDetails {
  readonly note: string | null;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Changes to them; null removes. */
export interface CartDetailsChanges {
  readonly note: string | null | undefined;
  readonly attributes: Readonly<Record<string, string | null>> | null | undefined;
}
