import currencyCodes from 'currency-codes';

/** No currency has more decimals. */
export const MAX_DECIMALS = 4;

/** ISO 4217 currencies missing from `currency-codes` 2.2, whose list is of June 2024. */
const AMENDMENTS: readonly (readonly [code: string, decimals: number])[] = [
  // Caribbean guilder of Curaçao and Sint Maarten: amendment 176, from 31 March 2025.
  ['XCG', 2],
  // Arab Accounting Dinar: amendment 179, from 12 May 2025.
  ['XAD', 2],
];

/**
 * The decimals of each ISO 4217 currency: USD 2, JPY 0, KWD 3. Currencies withdrawn since 2024 (ANG, CUC, and BGN by amendment
 * 180) are still included, because stored carts and products may use them.
 */
const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...currencyCodes.data.map(({ code, digits }) => [code, digits] as const),
  ...AMENDMENTS,
]);

/** Whether `code` is an ISO 4217 currency, in upper case. */
export function isCurrency(code: string): boolean {
  return DECIMALS.has(code);
}

/**
 * How many decimals an amount in this currency may have.
 * @throws RangeError if `currency` is not a currency.
 */
export function decimalsOf(currency: string): number {
  const decimals = DECIMALS.get(currency);
  if (decimals === undefined) throw new RangeError(`${currency} is not an ISO 4217 currency`);
  return decimals;
}
