import { add, lineTotal, ZERO, type Amount } from '#common';
import type { Cart, CartLine } from './cart.js';

export interface CartTotals {
  readonly count: number;
  readonly unpricedItems: number;
  readonly totalPrice: Amount;
}

/** Exact totals; lines without a price are counted and left out of the sum. */
export function totalsOf({ lines }: Cart): CartTotals {
  return {
    count: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    unpricedItems: lines.filter(({ price }) => price === null).length,
    totalPrice: lines.reduce((sum, line) => add(sum, totalOf(line) ?? ZERO), ZERO),
  };
}

/** What a line costs, or null where it has no price. */
export function totalOf({ price, quantity }: CartLine): Amount | null {
  return price === null ? null : lineTotal(price, quantity);
}
