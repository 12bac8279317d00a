import fc from 'fast-check';
import { add, fitsDecimals, lineTotal, toJsonNumber, ZERO } from './money.js';
import { decimalsOf, isCurrency } from './currency.js';

/** An amount of cents as its decimal text, by string work on a big integer alone: independent of the library. */
function decimalText(minorUnits: bigint, decimals: number): string {
  const digits = minorUnits.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

describe('totals', () => {
  it.each([
    [0.1, 3, '0.3'],
    [19.99, 1000, '19990'],
    [1.005, 1000, '1005'],
    [0, 1000, '0'],
    [1e9, 1000, '1000000000000'],
    [0.0001, 1, '0.0001'],
  ])('%d × %i is %s', (price, quantity, expected) => {
    expect(toJsonNumber(lineTotal(price, quantity))).toBe(expected);
  });

  it('are those of a big-integer oracle, to the last digit', () => {
    const line = (decimals: number) =>
      fc.record({
        minorUnits: fc.bigInt(0n, 10n ** 9n * 10n ** BigInt(decimals)),
        quantity: fc.integer({ min: 1, max: 1000 }),
      });
    const cart = fc
      .constantFrom(0, 2, 3, 4)
      .chain((decimals) =>
        fc.record({ decimals: fc.constant(decimals), lines: fc.array(line(decimals), { maxLength: 200 }) }),
      );
    fc.assert(
      fc.property(cart, ({ decimals, lines }) => {
        const expected = lines.reduce((sum, { minorUnits, quantity }) => sum + minorUnits * BigInt(quantity), 0n);
        const total = lines.reduce((sum, { minorUnits, quantity }) => {
          const price: number = JSON.parse(decimalText(minorUnits, decimals));
          return add(sum, lineTotal(price, quantity));
        }, ZERO);
        expect(toJsonNumber(total)).toBe(decimalText(expected, decimals));
      }),
      { numRuns: 500 },
    );
  });
});

describe('decimals', () => {
  it('fit exactly where the price is a whole number of minor units', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 2, 3, 4), fc.bigInt(1n, 10n ** 12n), (decimals, minorUnits) => {
        const price: number = JSON.parse(decimalText(minorUnits, decimals));
        expect(fitsDecimals(price, decimals)).toBe(true);
        if (decimals > 0) expect(fitsDecimals(price, decimals - 1)).toBe(minorUnits % 10n === 0n);
      }),
    );
  });

  it.each([
    [0.001, 2, false],
    [1e-7, 2, false],
    [10.5, 0, false],
    [10, 0, true],
    [99.99, 2, true],
  ])('of %d in %i places: %s', (price, decimals, fits) => {
    expect(fitsDecimals(price, decimals)).toBe(fits);
  });
});

describe('currencies', () => {
  it.each([
    ['USD', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['CLF', 4],
    ['AFN', 2],
  ])('%s has %i decimals, as ISO 4217 says', (currency, decimals) => {
    expect(isCurrency(currency)).toBe(true);
    expect(decimalsOf(currency)).toBe(decimals);
  });

  it('are refused where ISO 4217 has none by that name', () => {
    expect(isCurrency('usd')).toBe(false);
    expect(isCurrency('toString')).toBe(false);
    expect(() => decimalsOf('XYZ')).toThrow(RangeError);
  });
});
