import { isoTime, toJsonNumber, type Amount } from '#common';
import type { Cart, CartLine } from './domain/cart.js';
import { totalsOf } from './domain/totals.js';

/**
 * The JSON of a cart, as `CartDto` describes it. The totals are put in as text: they may have more digits than
 * `JSON.stringify` keeps of a number.
 */
export function renderCart(cart: Cart): string {
  const { count, unpricedItems, lineTotals, totalPrice } = totalsOf(cart);
  const items = cart.lines.map((line, index) => renderLine(line, lineTotals[index] ?? null));
  const counts = { count, unique_items: cart.lines.length, unpriced_items: unpricedItems };
  const rest = {
    currency: cart.currency,
    version: cart.version,
    updated_at: isoTime(cart.updatedAt),
    expires_at: isoTime(cart.expiresAt),
  };
  return joinObjects(
    JSON.stringify({ user_id: cart.userId }),
    `{"items":[${items.join(',')}]}`,
    JSON.stringify(counts),
    `{"total_price":${toJsonNumber(totalPrice)}}`,
    JSON.stringify(rest),
  );
}

function renderLine(line: CartLine, total: Amount | null): string {
  const { productId: product_id, name, price, quantity } = line;
  const rest = {
    description: line.description,
    image_url: line.imageUrl,
    category: line.category,
    attributes: line.attributes,
    price_source: line.priceSource,
    added_at: isoTime(line.addedAt),
    updated_at: isoTime(line.updatedAt),
  };
  return joinObjects(
    JSON.stringify({ product_id, name, price, quantity }),
    `{"line_total":${total === null ? 'null' : toJsonNumber(total)}}`,
    JSON.stringify(rest),
  );
}

/** One JSON object of the fields of several, none of which is empty. */
function joinObjects(...objects: string[]): string {
  return `{${objects.map((object) => object.slice(1, -1)).join(',')}}`;
}
