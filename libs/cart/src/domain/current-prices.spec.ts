import type { Product } from '#kernel';
import type { Cart, CartLine } from './cart.js';
import { withCurrentPrices } from './current-prices.js';

const line = (productId: string, price: number | null): CartLine => ({
  productId,
  quantity: 1,
  product: { name: productId, price, priceSource: price === null ? null : 'client' },
  addedAt: 1,
  updatedAt: 1,
});

const cartOf = (...lines: CartLine[]): Cart => ({
  userId: 'u',
  lines,
  saved: [],
  currency: 'USD',
  version: 1,
  life: '4f1c22a9',
  updatedAt: 1,
  expiresAt: 2,
});

const product = (price: number, currency = 'USD'): Product => ({ name: 'P', price, currency });

describe('current prices', () => {
  it('stand on the lines that have another price, or none, and are counted', () => {
    const cart = cartOf(line('same', 5), line('dearer', 5), line('unpriced', null), line('unknown', 5));
    const catalogue = new Map([
      ['same', product(5)],
      ['dearer', product(6)],
      ['unpriced', product(0)],
    ]);
    const { lines, priceChanges } = withCurrentPrices(cart, catalogue);
    expect(lines.map(({ currentPrice }) => currentPrice)).toEqual([undefined, 6, 0, undefined]);
    expect(priceChanges).toBe(2);
  });

  it('are not compared over two currencies', () => {
    expect(withCurrentPrices(cartOf(line('a', 5)), new Map([['a', product(6, 'EUR')]]))).toMatchObject({
      priceChanges: 0,
      lines: [line('a', 5)],
    });
  });
});
