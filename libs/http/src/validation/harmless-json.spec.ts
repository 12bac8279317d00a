import { findHarm } from './harmless-json.js';

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { inner: value };
  return value;
};

describe('parsed JSON', () => {
  it.each([1, null, 'constructor', [], {}, { name: '__proto__' }, { a: [{ b: { constructors: 1 } }] }])(
    '%j is harmless',
    (value) => {
      expect(findHarm(value)).toBeUndefined();
    },
  );

  it.each([
    ['{"__proto__":{}}', '__proto__'],
    ['{"a":{"constructor":1}}', 'a.constructor'],
    ['{"a":[1,{"prototype":1}]}', 'a.1.prototype'],
    ['{"hasOwnProperty":1}', 'hasOwnProperty'],
    ['{"a":{"toString":"x"}}', 'a.toString'],
  ])('%s is reported by its path', (text, field) => {
    expect(findHarm(JSON.parse(text))).toEqual({ field, message: 'is not an allowed key' });
  });

  it.each(['{"a":1e309}', '{"a":-1e309}'])('%s is rejected, though it parses', (text) => {
    expect(findHarm(JSON.parse(text))).toEqual({ field: 'a', message: 'is too large a number' });
  });

  it.each([
    ['{"a":"\\ud800"}', 'a'],
    ['{"a":["x","\\udc00 and more"]}', 'a.1'],
    ['{"a":{"b":"\\udc00\\ud800"}}', 'a.b'],
    ['{"a":{"\\ud83dx":1}}', 'a.\ufffdx'],
    ['{"\\ud83d":{"b":1}}', '\ufffd'],
  ])('%s is rejected, because an unpaired surrogate is not a character', (text, field) => {
    expect(findHarm(JSON.parse(text))).toEqual({ field, message: 'must be well-formed Unicode' });
  });

  it('may contain any character beyond the basic multilingual plane', () => {
    expect(findHarm(JSON.parse('{"\\ud83d\\udcbb":"\\ud83d\\udcbb"}'))).toBeUndefined();
  });

  it('is rejected beyond 32 levels, however deep it is', () => {
    expect(findHarm(nested(32))).toBeUndefined();
    expect(findHarm(nested(33))).toMatchObject({ message: 'must not be nested deeper than 32' });
    expect(findHarm(nested(100_000))).toMatchObject({ message: 'must not be nested deeper than 32' });
  });
});
