import { isProductId } from './product-id.js';

describe('a product id', () => {
  it.each(['a', 'prod_001', 'a/b', '100%', `'"\\`, '💻', '💻'.repeat(100), 'é', 'a:b|c'])('can be %j', (id) => {
    expect(isProductId(id)).toBe(true);
  });

  it.each([
    '',
    ' ',
    'a b',
    'a\u00a0b',
    'a\u2028b',
    '\u0000',
    '\u007f',
    '\u0085',
    '{',
    '}',
    '\ud83d',
    'x'.repeat(101),
    '💻'.repeat(101),
    7,
    null,
    undefined,
    ['a'],
  ])('cannot be %j', (id) => {
    expect(isProductId(id)).toBe(false);
  });
});
