import fc from 'fast-check';
import { add, fitsDecimals, lineTotal, roundPrice, toJsonNumber, withoutNoise, ZERO } from './money.js';
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

  it('match a big-integer oracle to the last digit', () => {
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
  it('fit exactly if the price is a whole number of minor units', () => {
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

/** The decimal text of a number from 0 to 1e9, rounded half up by string work alone. */
function roundText(text: string, decimals: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  const kept = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  return (fraction[decimals] ?? '0') >= '5' ? kept + 1n : kept;
}

const DECIMALS = fc.constantFrom(0, 2, 3, 4);

describe('rounding', () => {
  it.each([
    [0.1 + 0.2, 2, 0.3],
    [1.1 * 3, 2, 3.3],
    [0.005, 2, 0.01],
    [1.005, 2, 1.01],
    [1.015, 2, 1.02],
    [0.0049, 2, 0],
    [999_999_999.995, 2, 1e9],
    [10.5, 0, 11],
    [1.0005, 3, 1.001],
    [5e-324, 2, 0],
  ])('%d to %i decimals is %d', (price, decimals, expected) => {
    expect(roundPrice(price, decimals)).toBe(expected);
  });

  it('matches half-up rounding of the decimal text for any price of up to 15 digits', () => {
    const price = fc
      .record({ whole: fc.integer({ min: 0, max: 999_999_999 }), fraction: fc.stringMatching(/^\d{1,6}$/) })
      .map(({ whole, fraction }) => `${whole}.${fraction}`);
    fc.assert(
      fc.property(price, DECIMALS, (text, decimals) => {
        expect(roundPrice(Number(text), decimals)).toBe(Number(decimalText(roundText(text, decimals), decimals)));
      }),
      { numRuns: 2000 },
    );
  });

  it('does not change a rounded price', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), DECIMALS, (price, decimals) => {
        const rounded = roundPrice(price, decimals);
        expect(roundPrice(rounded, decimals)).toBe(rounded);
        expect(fitsDecimals(rounded, decimals)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('does not change a price that already fits', () => {
    fc.assert(
      fc.property(DECIMALS, fc.bigInt(0n, 10n ** 13n), (decimals, minorUnits) => {
        const price: number = JSON.parse(decimalText(minorUnits % (10n ** 9n * 10n ** BigInt(decimals)), decimals));
        expect(roundPrice(price, decimals)).toBe(price);
      }),
    );
  });

  it('removes floating-point noise, so that totals are exact', () => {
    const cents = fc.integer({ min: 0, max: 1e7 });
    fc.assert(
      fc.property(
        fc.array(cents, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 1000 }),
        (parts, quantity) => {
          const noisy = parts.reduce((sum, part) => sum + part / 100, 0);
          const exact = parts.reduce((sum, part) => sum + BigInt(part), 0n);
          expect(withoutNoise(noisy, 2)).toBe(roundPrice(noisy, 2));
          expect(toJsonNumber(lineTotal(roundPrice(noisy, 2), quantity))).toBe(
            decimalText(exact * BigInt(quantity), 2),
          );
        },
      ),
    );
  });

  it.each([
    [0.1 + 0.2, 0.3],
    [1.001, 1.001],
    [0.305, 0.305],
    [1e-9, 1e-9],
    [0, 0],
    [19.99, 19.99],
  ])('removes only noise: %d becomes %d', (price, expected) => {
    expect(withoutNoise(price, 2)).toBe(expected);
  });
});

describe('currencies', () => {
  it.each([
    ['USD', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['CLF', 4],
    ['AFN', 2],
    ['XCG', 2],
    ['XAD', 2],
    ['SLE', 2],
    ['VED', 2],
    ['ZWG', 2],
    ['ANG', 2],
    ['BGN', 2],
  ])('%s has %i decimals, as in ISO 4217', (currency, decimals) => {
    expect(isCurrency(currency)).toBe(true);
    expect(decimalsOf(currency)).toBe(decimals);
  });

  it('are rejected if ISO 4217 does not list them', () => {
    expect(isCurrency('usd')).toBe(false);
    expect(isCurrency('toString')).toBe(false);
    expect(() => decimalsOf('XYZ')).toThrow(RangeError);
  });
});
