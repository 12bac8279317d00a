import type { Product } from '#kernel';
import type { Cart, CartLine } from './cart.js';

/**
 * Notes on each line what the catalogue asks for its product now, where that is not the line's price. Products that
 * the catalogue does not have, or has in another currency than the cart's, are left as they are.
 */
export function withCurrentPrices(cart: Cart, catalogue: ReadonlyMap<string, Product>): Cart {
  const lines = cart.lines.map((line) => withCurrentPrice(line, catalogue.get(line.productId), cart.currency));
  return { ...cart, lines, priceChanges: lines.filter(({ currentPrice }) => currentPrice !== undefined).length };
}

function withCurrentPrice(line: CartLine, product: Product | undefined, currency: string): CartLine {
  if (product?.currency !== currency || product.price === line.product.price) return line;
  return { ...line, currentPrice: product.price };
}
