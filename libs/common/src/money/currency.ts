import currencyCodes from 'currency-codes';

/** Decimals of each ISO 4217 currency that has a minor unit: USD 2, JPY 0, KWD 3. */
const DECIMALS: ReadonlyMap<string, number> = new Map(
  currencyCodes.data.map(({ code, digits }) => [code, digits] as const),
);

/** Whether `code` is an ISO 4217 currency, in capitals. */
export function isCurrency(code: string): boolean {
  return DECIMALS.has(code);
}

/**
 * How many decimals an amount in this currency may have.
 * @throws RangeError where `currency` is none.
 */
export function decimalsOf(currency: string): number {
  const decimals = DECIMALS.get(currency);
  if (decimals === undefined) throw new RangeError(`${currency} is not an ISO 4217 currency`);
  return decimals;
}
