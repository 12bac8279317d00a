import fc from 'fast-check';
import { productText } from './product-text.js';
import { parseLine, parseSavedLine } from './stored-line.js';

const PRODUCT = { price: 9.5, name: 'Mug' };

describe('the text of a line', () => {
  it('is read back unchanged, whatever its texts contain', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 50 });
    const product = fc.record(
      {
        name: text,
        price: fc.integer({ min: 0, max: 1e11 }).map((cents) => cents / 100),
        description: text,
        attributes: fc.dictionary(text, fc.oneof(text, fc.boolean(), fc.integer())),
      },
      { requiredKeys: ['name', 'price'] },
    );
    fc.assert(
      fc.property(product, fc.integer({ min: 1, max: 1000 }), (described, quantity) => {
        const line = parseLine('p', `{"quantity":${quantity}${productText(described, 'catalog')},"at":[1000,5]}`, 4);
        expect(line).toEqual({
          lineId: 'p',
          productId: 'p',
          quantity,
          product: { ...described, priceSource: 'catalog' },
          customization: {},
          addedAt: 1000,
          updatedAt: 1005,
        });
      }),
    );
  });

  it('has the guide’s fields first, and omits what is unknown', () => {
    expect(productText(PRODUCT, 'client')).toBe(',"price":9.5,"name":"Mug"');
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('reading a line', () => {
  it('gives the same result for a line written by this service and for the same JSON with white space', () => {
    const piece = fc.constantFrom(
      ...[',"at":[1,2]', ',"at":[0,0]', ',"quantity":3', ',"name":"P"', ',"price":1.5', ',"source":"catalog"'],
      ...[
        ',"attributes":{"at":[1,2]}',
        ',"attributes":{"a":1}',
        ',"custom":{"note":"n","options":{"size":"L"}}',
        ',"custom":{"options":{"size":{}}}',
        ',"custom":{"options":{"size":"L","custom":"x"}}',
        ',"attributes":{"a":1,"custom":"x"}',
        ',"x":{"a":1,"custom":{"note":"n"}}',
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
        // What is broken, or there twice, is read as the scripts do: readable-lines.spec.ts.
        const isInOwnForm = /,"at":\[\d+,\d+\]\}$/.test(text);
        fc.pre(!isInOwnForm || (isJson(text) && !pieces.includes(',"quantity":3')));
        expect(parseLine('p', text, 4)).toEqual(parseLine('p', ` ${text}`, 4));
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
    '{"quantity":1,"price":-1}',
    '{"quantity":1,"price":2000000000}',
    '{"quantity":1,"price":1e400}',
  ])('rejects %j', (text) => {
    expect(parseLine('p', text, 4)).toBeUndefined();
  });

  it.each<[string, object]>([
    ['"price":"free"', { product: { price: null, priceSource: null } }],
    ['"name":7', { product: { name: null } }],
    ['"attributes":[1]', {}],
    ['"attributes":{"a":{}}', {}],
    ['"at":"x"', { addedAt: null, updatedAt: null }],
    ['"at":[1e300,1]', { addedAt: null, updatedAt: null }],
    ['"at":[0,1000]', { addedAt: null, updatedAt: 1000 }],
  ])('omits %s if it is invalid', (field, expected) => {
    const line = parseLine('p', `{"quantity":2,${field}}`, 4);
    expect(line).toMatchObject({ quantity: 2, ...expected });
    expect(line?.product).not.toHaveProperty('attributes');
  });
});

describe('the price of a line written by another program', () => {
  it.each([
    ['0.30000000000000004', 2, 0.3],
    ['89.99000000000001', 2, 89.99],
    ['0.005', 2, 0.01],
    ['0.0049', 2, 0],
    ['10.5', 0, 11],
    ['1e-07', 2, 0],
    ['1000000000.0', 2, 1e9],
  ])('%s in %i decimals is %d, both in the cart and in the saved lines', (written, decimals, price) => {
    const text = `{"quantity": 2, "price": ${written}, "name": "P", "currency": "${['JPY', '', 'USD'][decimals]}"}`;
    expect(parseLine('p', text, decimals)?.product.price).toBe(price);
    expect(parseSavedLine('p', text, 'USD')?.product.price).toBe(price);
  });

  it('is rounded for the currency of each reader, though lines with the same text share their product', () => {
    const text = '{"quantity":2,"price":10.123456,"name":"Shared","at":[1,2]}';
    expect([2, 0, 3, 2].map((decimals) => parseLine('p', text, decimals)?.product.price)).toEqual([
      10.12, 10, 10.123, 10.12,
    ]);
  });

  it('is also rounded for a saved line without a known currency', () => {
    expect(parseSavedLine('p', '{"quantity": 1, "price": 0.30000000000000004}', 'USD')?.product.price).toBe(0.3);
    const abroad = '{"quantity": 1, "price": 0.30000000000000004, "currency": "gold"}';
    expect(parseSavedLine('p', abroad, 'USD')?.product.price).toBe(0.3);
  });
});
