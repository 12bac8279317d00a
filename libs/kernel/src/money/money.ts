import { Big } from 'big.js';

/** Small units in one major unit (such as a dollar): no currency has more decimals. */
const UNITS = 10_000;
/** A double represents every whole number of 15 digits exactly, and distinguishes all decimals of 15 digits. */
const MAX_UNITS = 999_999_999_999_999;

/** An exact amount of money: whole units if 15 digits are enough, else a decimal, which takes twenty times as long. */
export type Amount = { readonly units: number } | Big;

export const ZERO: Amount = { units: 0 };

/**
 * The price of a line as an exact amount. A price in JSON is parsed into a double; the intended amount is its shortest decimal
 * form, which JavaScript prints and the client wrote.
 */
export function lineTotal(price: number, quantity: number): Amount {
  const units = Math.round(price * UNITS);
  const total = units * quantity;
  return units / UNITS === price && total <= MAX_UNITS ? { units: total } : new Big(price).times(quantity);
}

export function add(left: Amount, right: Amount): Amount {
  const units = 'units' in left && 'units' in right ? left.units + right.units : Infinity;
  return units <= MAX_UNITS ? { units } : toBig(left).plus(toBig(right));
}

/** Whole minor units in one major unit, by the decimals of the currency. */
const MINOR_UNITS = [1, 10, 100, 1000, 10_000] as const;
/** Corrects products of doubles that are slightly too small: 1.005 × 100 is 100.49999999999999. Also in `line.lua`. */
const NUDGE = 1 + 2 ** -51;

/**
 * Rounds a price from 0 to 1e9 half up to this many decimals: 0.30000000000000004 becomes 0.3, and 0.005 with two decimals
 * 0.01. For prices that other programs wrote to Redis; prices in requests are rejected instead.
 */
export function roundPrice(price: number, decimals: number): number {
  const units = MINOR_UNITS[decimals] ?? UNITS;
  return Math.floor(price * units * NUDGE + 0.5) / units;
}

/** The relative error that a few sums and products of doubles can cause. */
const NOISE = 2 ** -48;

/** Removes the error of double arithmetic: 0.30000000000000004 becomes 0.3. Any other price is returned unchanged. */
export function withoutNoise(price: number, decimals: number): number {
  const rounded = roundPrice(price, decimals);
  return Math.abs(rounded - price) <= price * NOISE ? rounded : price;
}

/** Whether a price from 0 to 1e9 has no more than this many digits after the point. */
export function fitsDecimals(price: number, decimals: number): boolean {
  return roundPrice(price, decimals) === price;
}

/** The amount as a JSON number with all digits. `JSON.stringify` of a double would round a total of more than 15 digits. */
export function toJsonNumber(amount: Amount): string {
  return 'units' in amount ? unitsToJson(amount.units) : amount.toFixed();
}

/** `.05` for 500 units, empty for 0: formatting two whole numbers takes a third of the time of a fraction. */
const CENTS = Array.from({ length: 100 }, (_, cents) => String(cents / 100).slice(1));

function unitsToJson(units: number): string {
  const whole = Math.floor(units / UNITS);
  const cents = CENTS[((units - whole * UNITS) * 100) / UNITS];
  return cents === undefined ? String(units / UNITS) : `${whole}${cents}`;
}

function toBig(amount: Amount): Big {
  return 'units' in amount ? new Big(amount.units).div(UNITS) : amount;
}
