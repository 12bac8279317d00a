import { add, lineTotal, ZERO, type Amount } from '#kernel';
import type { CartLine } from './cart.js';

export interface Totals {
  readonly count: number;
  readonly unpricedItems: number;
  /** The total of each line, in the order of the lines; null as `totalOf` returns it. */
  readonly lineTotals: readonly (Amount | null)[];
  readonly totalPrice: Amount;
}

/** Exact totals. Lines without a price, or that are not available, are counted but left out of the sum. */
export function totalsOf(lines: readonly CartLine[]): Totals {
  const lineTotals = lines.map(totalOf);
  return {
    count: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    unpricedItems: lines.filter(({ product }) => product.price === null).length,
    lineTotals,
    totalPrice: lineTotals.reduce<Amount>((sum, total) => (total === null ? sum : add(sum, total)), ZERO),
  };
}

/** The total of a line; null if it has no price or is not available. */
export function totalOf({ product: { price }, quantity, available }: CartLine): Amount | null {
  return price === null || available === false ? null : lineTotal(price, quantity);
}
