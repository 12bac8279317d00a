import type { Product } from '#kernel';
import type { Cart, CartLine } from './cart.js';

/** Products of a cart by their ids, as the product cache has them. */
export interface CachedProducts {
  readonly products: ReadonlyMap<string, Product>;
  /** Whether a product that is missing here cannot be ordered. */
  readonly areRequired: boolean;
}

/**
 * Sets the current price on each line whose price differs from the one in the product cache, and whether its product is
 * available. Lines whose product is cached in a different currency than the cart's stay unchanged.
 */
export function withCurrentPrices(cart: Cart, { products, areRequired }: CachedProducts): Cart {
  const available = areRequired ? withAvailability(cart, products) : cart;
  let priceChanges = 0;
  const lines = available.lines.map((line) => {
    const currentPrice = otherPrice(line, products.get(line.productId), cart.currency);
    if (currentPrice === undefined) return line;
    priceChanges += 1;
    return { ...line, currentPrice };
  });
  return { ...available, lines, priceChanges };
}

/** Marks the lines, in the cart and saved, whose products are not among these. */
export function withAvailability(cart: Cart, products: ReadonlyMap<string, Product>): Cart {
  const marked = <Line extends CartLine>(line: Line): Line =>
    products.has(line.productId) ? line : { ...line, available: false };
  return { ...cart, lines: cart.lines.map(marked), saved: cart.saved.map(marked) };
}

/** The product's current price, if the line has another one and the price has its currency. */
function otherPrice({ product }: CartLine, current: Product | undefined, currency: string): number | undefined {
  return current?.currency === currency && current.price !== product.price ? current.price : undefined;
}
