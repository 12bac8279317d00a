import { add, lineTotal, ZERO, type Amount } from '#kernel';
import type { CartLine } from './cart.js';

export interface Totals {
  readonly count: number;
  readonly unpricedItems: number;
  /** What each line costs, in the order of the lines; null if a line has no price. */
  readonly lineTotals: readonly (Amount | null)[];
  readonly totalPrice: Amount;
}

/** Exact totals; lines without a price are counted and left out of the sum. */
export function totalsOf(lines: readonly CartLine[]): Totals {
  const lineTotals = lines.map(totalOf);
  return {
    count: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    unpricedItems: lineTotals.filter((total) => total === null).length,
    lineTotals,
    totalPrice: lineTotals.reduce<Amount>((sum, total) => (total === null ? sum : add(sum, total)), ZERO),
  };
}

/** What a line costs; null if it has no price. */
export function totalOf({ product: { price }, quantity }: CartLine): Amount | null {
  return price === null ? null : lineTotal(price, quantity);
}
