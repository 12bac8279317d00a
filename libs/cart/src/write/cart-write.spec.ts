import { fingerprintOf } from './cart-write.js';

const ADD = fingerprintOf('POST', '/cart/add', { product_id: 'laptop', quantity: 1 });

describe('a fingerprint', () => {
  it('has 43 characters for any request', () => {
    expect(ADD).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(fingerprintOf('DELETE', '/cart/clear', undefined)).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('is the same for the same request', () => {
    expect(fingerprintOf('POST', '/cart/add', JSON.parse('{ "product_id": "laptop",  "quantity": 1 }'))).toBe(ADD);
  });

  it.each([
    ['PUT', '/cart/add', { product_id: 'laptop', quantity: 1 }],
    ['POST', '/cart/add?x=1', { product_id: 'laptop', quantity: 1 }],
    ['POST', '/cart/add', { product_id: 'laptop', quantity: 2 }],
    ['POST', '/cart/add', undefined],
  ])('differs for %s %s %j', (method, url, body) => {
    expect(fingerprintOf(method, url, body)).not.toBe(ADD);
  });
});
