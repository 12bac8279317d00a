import * as fc from 'fast-check';
import { isProductId } from '#kernel';
import { isLineId, lineIdOf, productIdOf } from './line-id.js';

const productId = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter(isProductId);
const value = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
const options = fc.dictionary(fc.string({ minLength: 1 }), value, { maxKeys: 6, noNullPrototype: true });

/** What tells two sets of options apart. */
const textOf = (chosen: object): string =>
  JSON.stringify(Object.entries(chosen).sort(([left], [right]) => (left < right ? -1 : 1)));

describe('the id of a line', () => {
  it('is that of its product without options', () => {
    fc.assert(
      fc.property(productId, (id) => {
        expect(lineIdOf(id)).toBe(id);
        expect(lineIdOf(id, {})).toBe(id);
        expect(isLineId(id)).toBe(true);
      }),
    );
  });

  it('is the same for the same options, in any order, and another one for others', () => {
    fc.assert(
      fc.property(productId, options, options, (id, first, second) => {
        const reversed = Object.fromEntries(Object.entries(first).toReversed());
        expect(lineIdOf(id, reversed)).toBe(lineIdOf(id, first));
        expect(lineIdOf(id, first) === lineIdOf(id, second)).toBe(textOf(first) === textOf(second));
      }),
    );
  });

  it('with options is no product id, and names its product', () => {
    fc.assert(
      fc.property(productId, options, (id, chosen) => {
        fc.pre(Object.keys(chosen).length > 0);
        const lineId = lineIdOf(id, chosen);
        expect(isProductId(lineId)).toBe(false);
        expect(isLineId(lineId)).toBe(true);
        expect(productIdOf(lineId)).toBe(id);
      }),
    );
  });

  it.each([
    '',
    '{}',
    'mug{}',
    'mug{short}',
    `mug{${'x'.repeat(22)}`,
    `{${'x'.repeat(22)}}`,
    `a b{${'x'.repeat(22)}}`,
    7,
  ])('is not %j', (text) => {
    expect(isLineId(text)).toBe(false);
  });
});
