import type { Product } from '#kernel';
import type { Cart, CartLine } from './cart.js';
import { withCurrentPrices } from './current-prices.js';

const line = (productId: string, price: number | null): CartLine => ({
  lineId: productId,
  productId,
  quantity: 1,
  customization: {},
  product: { name: productId, price, priceSource: price === null ? null : 'client' },
  addedAt: 1,
  updatedAt: 1,
});

const cartOf = (...lines: CartLine[]): Cart => ({
  userId: 'u',
  lines,
  saved: [],
  unreadable: [],
  note: null,
  attributes: {},
  currency: 'USD',
  version: 1,
  life: '4f1c22a9',
  updatedAt: 1,
  expiresAt: 2,
});

const product = (price: number, currency = 'USD'): Product => ({ name: 'P', price, currency });

describe('current prices', () => {
  it('are set on the lines whose price differs or is missing, and are counted', () => {
    const cart = cartOf(line('same', 5), line('dearer', 5), line('unpriced', null), line('unknown', 5));
    const products = new Map([
      ['same', product(5)],
      ['dearer', product(6)],
      ['unpriced', product(0)],
    ]);
    const { lines, priceChanges } = withCurrentPrices(cart, { products, areRequired: false });
    expect(lines.map(({ currentPrice }) => currentPrice)).toEqual([undefined, 6, 0, undefined]);
    expect(priceChanges).toBe(2);
  });

  it('are not compared across currencies', () => {
    const products = new Map([['a', product(6, 'EUR')]]);
    expect(withCurrentPrices(cartOf(line('a', 5)), { products, areRequired: false })).toMatchObject({
      priceChanges: 0,
      lines: [line('a', 5)],
    });
  });

  it('say that a product is not available if it is required and not there', () => {
    const cart = cartOf(line('there', 5), line('gone', 5));
    const { lines } = withCurrentPrices(cart, { products: new Map([['there', product(5)]]), areRequired: true });
    expect(lines.map(({ available }) => available)).toEqual([undefined, false]);
  });
});
