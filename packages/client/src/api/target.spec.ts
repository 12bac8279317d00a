import { targetOf } from './target.js';

describe('targetOf', () => {
  it('fills in the path, encoded', () => {
    expect(targetOf('/cart/update/{product_id}', { product_id: 'a/b {c}?' })).toBe('/cart/update/a%2Fb%20%7Bc%7D%3F');
  });

  it('adds the query, without what is undefined', () => {
    expect(targetOf('/cart', undefined, { dry_run: true, except: undefined, ids: 'a,b&c' })).toBe(
      '/cart?dry_run=true&ids=a%2Cb%26c',
    );
  });

  it.each(['', '.', '..'])('rejects %j, which fetch would take for another path', (product_id) => {
    expect(() => targetOf('/cart/remove/{product_id}', { product_id })).toThrow(TypeError);
  });

  it('rejects a missing parameter', () => {
    expect(() => targetOf('/cart/remove/{product_id}')).toThrow('product_id');
  });
});
