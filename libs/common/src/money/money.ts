import { Big } from 'big.js';

/** An exact amount of money in major units (dollars, not cents). */
export type Amount = Big;

export const ZERO: Amount = new Big(0);

/**
 * The price of a line. A price comes from JSON as a double; its shortest decimal form, which is what JavaScript prints
 * and what the caller wrote, is the amount that is meant.
 */
export function lineTotal(price: number, quantity: number): Amount {
  return new Big(price).times(quantity);
}

export function add(left: Amount, right: Amount): Amount {
  return left.plus(right);
}

/** Whether `price` has no more than `decimals` digits after the point. */
export function fitsDecimals(price: number, decimals: number): boolean {
  return new Big(price).round(decimals, Big.roundDown).eq(price);
}

/**
 * The amount as a JSON number with every digit. `JSON.stringify` of a double would round a total of more than
 * 15 digits.
 */
export function toJsonNumber(amount: Amount): string {
  return amount.toFixed();
}
