import fc from 'fast-check';
import { parseLine, productText } from './stored-line.js';

const PRODUCT = { price: 9.5, name: 'Mug' };

describe('the text of a line', () => {
  it('comes back as it went in, whatever the texts hold', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 50 });
    const product = fc.record(
      {
        name: text,
        price: fc.double({ min: 0, max: 1e9, noNaN: true }),
        description: text,
        attributes: fc.dictionary(text, fc.oneof(text, fc.boolean(), fc.integer())),
      },
      { requiredKeys: ['name', 'price'] },
    );
    fc.assert(
      fc.property(product, fc.integer({ min: 1, max: 1000 }), (described, quantity) => {
        const line = parseLine('p', `{"quantity":${quantity}${productText(described, 'catalog')},"at":[1000,5]}`);
        expect(line).toEqual({
          productId: 'p',
          quantity,
          product: { ...described, price: JSON.parse(JSON.stringify(described.price)), priceSource: 'catalog' },
          addedAt: 1000,
          updatedAt: 1005,
        });
      }),
    );
  });

  it('has the guide’s fields first, and nothing for what is not known', () => {
    expect(productText(PRODUCT, 'client')).toBe(',"price":9.5,"name":"Mug"');
  });
});

describe('reading a line', () => {
  it('makes no difference between a line of ours and the same JSON with white space', () => {
    const piece = fc.constantFrom(
      ...[',"at":[1,2]', ',"at":[0,0]', ',"quantity":3', ',"name":"P"', ',"price":1.5', ',"source":"catalog"'],
      ...[
        ',"attributes":{"at":[1,2]}',
        ',"attributes":{"a":1}',
        ',"description":",\\"at\\":[1,2]"',
        ',',
        ' ',
        '}',
        ',"a',
      ],
    );
    const start = fc.constantFrom(
      '{"quantity":2',
      '{"quantity":0',
      '{"quantity":02',
      '{"quantity":1e1',
      '{"quantity":1.5',
    );
    const end = fc.constantFrom(',"at":[1,2]}', ',"at":[01,2]}', ',"at":[9999999999999999,2]}', '}', '}}', '} ');
    fc.assert(
      fc.property(start, fc.array(piece, { maxLength: 4 }), end, (first, pieces, last) => {
        const text = `${first}${pieces.join('')}${last}`;
        expect(parseLine('p', text)).toEqual(parseLine('p', ` ${text}`));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    '',
    'x',
    'null',
    '1',
    '[]',
    '{}',
    '{"quantity":0}',
    '{"quantity":1.5}',
    '{"quantity":"1"}',
    '{"quantity":1e400}',
  ])('refuses %j', (text) => {
    expect(parseLine('p', text)).toBeUndefined();
  });

  it.each<[string, object]>([
    ['"price":"free"', { product: { price: null, priceSource: null } }],
    ['"price":-1', { product: { price: null } }],
    ['"price":1e400', { product: { price: null } }],
    ['"name":7', { product: { name: null } }],
    ['"attributes":[1]', {}],
    ['"attributes":{"a":{}}', {}],
    ['"at":"x"', { addedAt: null, updatedAt: null }],
    ['"at":[1e300,1]', { addedAt: null, updatedAt: null }],
    ['"at":[0,1000]', { addedAt: null, updatedAt: 1000 }],
  ])('leaves out %s, which makes no sense', (field, expected) => {
    const line = parseLine('p', `{"quantity":2,${field}}`);
    expect(line).toMatchObject({ quantity: 2, ...expected });
    expect(line?.product).not.toHaveProperty('attributes');
  });
});
