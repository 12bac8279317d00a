import { renderCart } from './cart.view.js';
import type { Cart, CartLine, LineProduct } from '../domain/cart.js';

const PRODUCT: LineProduct = { name: 'P', price: 1, priceSource: 'client' };

const line = (more: Partial<CartLine>): CartLine => ({
  lineId: 'p',
  productId: 'p',
  quantity: 1,
  customization: {},
  product: PRODUCT,
  addedAt: null,
  updatedAt: null,
  ...more,
});

const cart = (...lines: CartLine[]): Cart => ({
  userId: 'u',
  lines,
  saved: [],
  unreadable: [],
  note: null,
  attributes: {},
  currency: 'USD',
  version: 1,
  life: '4f1c22a9',
  updatedAt: null,
  expiresAt: null,
});

describe('the JSON of a cart', () => {
  it('keeps every digit of a total, even those that a double loses', () => {
    const lines = Array.from({ length: 200 }, (_, index) =>
      line({
        lineId: `p${index}`,
        productId: `p${index}`,
        quantity: 999,
        product: { ...PRODUCT, price: 999_999_999.99 },
      }),
    );
    const text = renderCart(cart(...lines));
    expect(text).toContain('"total_price":199799999998002,');
    expect(text).toContain('"line_total":998999999990.01,');
    expect(renderCart(cart(...lines, line({ product: { ...PRODUCT, price: 0.01 } })))).toContain(
      '"total_price":199799999998002.01,',
    );
  });

  it('is valid JSON for every combination of known and unknown fields', () => {
    const unpriced = line({ product: { name: null, price: null, priceSource: null } });
    const described = line({
      product: { ...PRODUCT, description: '"\\', attributes: { a: true } },
      addedAt: 0,
      updatedAt: 1,
    });
    expect(JSON.parse(renderCart(cart(unpriced, described)))).toMatchObject({
      count: 2,
      unpriced_items: 1,
      total_price: 1,
      items: [{ line_total: null }, { description: '"\\', added_at: '1970-01-01T00:00:00.000Z' }],
    });
  });
});
