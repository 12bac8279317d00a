import type { Product } from '#kernel';
import type { PriceSource } from './cart.js';

/** A product that is to be added, as it is asked for. */
export interface WantedAddition {
  readonly productId: string;
  readonly quantity: number;
  /** What the caller says of the product. */
  readonly clientProduct: Product | undefined;
}

/** A product that is to be added, with whoever's word counts; undefined if no one describes it. */
export interface Addition {
  readonly productId: string;
  readonly quantity: number;
  readonly product: Product | undefined;
  readonly source: PriceSource;
}

interface Update {
  readonly op: 'update';
  readonly productId: string;
  readonly quantity: number;
}

interface Removal {
  readonly op: 'remove';
  readonly productId: string;
}

/** One operation of a batch, as it is asked for. */
export type WantedOperation = ({ readonly op: 'add' } & WantedAddition) | Update | Removal;

/** One operation of a batch. */
export type Operation = ({ readonly op: 'add' } & Addition) | Update | Removal;
