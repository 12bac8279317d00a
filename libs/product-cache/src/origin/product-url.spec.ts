import fc from 'fast-check';
import { isProductId } from '#kernel';
import { productUrl } from './product-url.js';

const PATH = 'http://catalog:8080/v1/products/{product_id}';
const QUERY = 'https://catalog.example/product?id={product_id}&lang=en';

describe('the URL of a product', () => {
  it.each([
    ['laptop', 'laptop'],
    ['a/b', 'a%2Fb'],
    ['../x', '..%2Fx'],
    ['a?b=c#d', 'a%3Fb%3Dc%23d'],
    ['%2e%2e', '%252e%252e'],
    ["it's!(*)", 'it%27s%21%28%2A%29'],
    ['größe', 'gr%C3%B6%C3%9Fe'],
    ['$&', '%24%26'],
    ['a\\b', 'a%5Cb'],
  ])('for %j ends in %s', (productId, encoded) => {
    expect(productUrl(PATH, productId)?.href).toBe(`http://catalog:8080/v1/products/${encoded}`);
    expect(productUrl(QUERY, productId)?.href).toBe(`https://catalog.example/product?id=${encoded}&lang=en`);
  });

  it.each(['.', '..'])('does not exist for %j in a path, where it would be another folder', (productId) => {
    expect(productUrl(PATH, productId)).toBeUndefined();
    expect(productUrl(QUERY, productId)).toBeDefined();
    expect(productUrl(PATH.replace('{', 'p-{'), productId)).toBeDefined();
  });

  it('for any product is at the origin, in the folder, and contains its id', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 100, unit: 'binary' }).filter(isProductId), (productId) => {
        const url = productUrl(PATH, productId);
        if (url === undefined) return;
        expect(url.origin).toBe('http://catalog:8080');
        expect(url.pathname.split('/').slice(0, 3)).toEqual(['', 'v1', 'products']);
        expect(url.search + url.hash).toBe('');
        expect(decodeURIComponent(url.pathname.slice('/v1/products/'.length))).toBe(productId);
      }),
    );
  });
});
