import { inOrder, type ModelCart, type ModelLine } from './model-cart.js';
import type { Catalogue } from './model-operations.js';

type Json = Readonly<Record<string, unknown>>;

const money = (cents: number): number => cents / 100;

/** A cart's answer without its times. @param catalogue where the answer compares prices. */
export function viewOf(userId: string, cart: ModelCart, catalogue?: Catalogue): Json {
  const items = inOrder(cart.lines).map((id) => itemOf(id, cart.lines.get(id), currentPrice(cart, id, catalogue)));
  const changes = items.filter((item) => 'current_price' in item).length;
  const saved = inOrder(cart.saved).map((id) => ({
    ...itemOf(id, cart.saved.get(id)),
    currency: cart.saved.get(id)?.currency,
  }));
  return {
    user_id: userId,
    ...totalsOf(cart.lines),
    items,
    ...(catalogue && { price_changes: changes }),
    currency: cart.currency,
    version: cart.version,
    saved_items: saved,
  };
}

/** The fields that a cart and a checkout have of their lines. */
export function totalsOf(lines: ReadonlyMap<string, ModelLine>): Json {
  const all = [...lines.values()];
  return {
    count: all.reduce((sum, { quantity }) => sum + quantity, 0),
    unique_items: all.length,
    unpriced_items: all.filter(({ price }) => price === null).length,
    total_price: money(all.reduce((sum, { price, quantity }) => sum + (price ?? 0) * quantity, 0)),
  };
}

export function itemOf(productId: string, line: ModelLine | undefined, current?: number): Json {
  if (line === undefined) throw new Error(`The model has no line of ${productId}.`);
  const { name, price, quantity, source } = line;
  return {
    product_id: productId,
    name,
    price: price === null ? null : money(price),
    quantity,
    line_total: price === null ? null : money(price * quantity),
    price_source: source,
    ...(current !== undefined && { current_price: money(current) }),
  };
}

function currentPrice(cart: ModelCart, productId: string, catalogue: Catalogue | undefined): number | undefined {
  const product = catalogue?.get(productId);
  if (product?.currency !== cart.currency || product.price === cart.lines.get(productId)?.price) return undefined;
  return product.price;
}

/** A real answer without what the model does not know: times, and the ids of checkouts. */
export function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimes);
  if (typeof value !== 'object' || value === null) return value;
  const known = Object.entries(value).filter(([key]) => !/_at$|^checkout_id$/.test(key));
  return Object.fromEntries(known.map(([key, inner]: [string, unknown]) => [key, withoutTimes(inner)]));
}
