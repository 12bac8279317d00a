import fc from 'fast-check';
import { isWithinLimit, mergePatch, type JsonObject } from './json-object.js';

/** The examples of RFC 7396, appendix A, whose target and patch are objects. */
const EXAMPLES: readonly [target: JsonObject, patch: JsonObject, result: JsonObject][] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

const leaf = fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.string(), fc.array(fc.integer()));
const { object } = fc.letrec<{ object: JsonObject; value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, tie('object')),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('value'), { noNullPrototype: true }),
}));

describe('a merge patch', () => {
  it.each(EXAMPLES)('of %j by %j is %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });

  it('applied twice changes nothing', () => {
    fc.assert(
      fc.property(object, object, (target, patch) => {
        const once = mergePatch(target, patch);
        expect(mergePatch(once, patch)).toEqual(once);
      }),
    );
  });

  it('modifies neither its arguments nor the fields it does not name', () => {
    fc.assert(
      fc.property(object, object, (target, patch) => {
        const before = JSON.stringify([target, patch]);
        const merged = mergePatch(target, patch);
        expect(JSON.stringify([target, patch])).toBe(before);
        for (const name of Object.keys(target).filter((key) => !(key in patch))) {
          expect(merged[name]).toEqual(target[name]);
        }
      }),
    );
  });

  it('stores no null from the patch', () => {
    fc.assert(
      fc.property(object, (patch) => {
        expect(JSON.stringify(mergePatch({}, patch))).not.toMatch(/[,{:]"?[abcd]"?:null/);
      }),
    );
  });
});

it('an object may have up to 8 KiB of JSON, counted in bytes', () => {
  expect(isWithinLimit({ a: 'x'.repeat(8192 - 8) })).toBe(true);
  expect(isWithinLimit({ a: 'x'.repeat(8192 - 7) })).toBe(false);
  expect(isWithinLimit({ a: '€'.repeat(2729) })).toBe(false);
});
