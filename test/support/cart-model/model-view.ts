import { inOrder, type ModelCart, type ModelDetails, type ModelLine } from './model-cart.js';
import type { Catalogue } from './model-operations.js';

type Json = Readonly<Record<string, unknown>>;

const money = (cents: number): number => cents / 100;

/**
 * A cart in a response, without its times.
 * @param catalogue if the response compares prices.
 * @param joined the line that another one was added to.
 */
export function viewOf(userId: string, cart: ModelCart, catalogue?: Catalogue, joined?: string): Json {
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
    ...detailsOf(cart),
    messages: [
      ...items.flatMap(({ messages }) => messages),
      ...(joined === undefined ? [] : [{ code: 'joined', line_id: joined }]),
    ],
    version: cart.version,
    saved_items: saved,
  };
}

/** The note and the attributes of a cart, of a checkout, or that a merge did not take. */
export function detailsOf({ note, attributes }: ModelDetails): Json {
  return { ...(note !== null && { note }), ...(Object.keys(attributes).length > 0 && { attributes }) };
}

/** The fields of a cart and a checkout that come from their lines. */
export function totalsOf(lines: ReadonlyMap<string, ModelLine>): Json {
  const all = [...lines.values()];
  return {
    count: all.reduce((sum, { quantity }) => sum + quantity, 0),
    unique_items: all.length,
    unpriced_items: all.filter(({ price }) => price === null).length,
    total_price: money(all.reduce((sum, { price, quantity }) => sum + (price ?? 0) * quantity, 0)),
  };
}

export function itemOf(lineId: string, line: ModelLine | undefined, current?: number): Json {
  if (line === undefined) throw new Error(`The model has no line ${lineId}.`);
  const { productId, options, note, name, price, quantity, source } = line;
  const told = { unpriced: price === null, price_changed: current !== undefined };
  return {
    product_id: productId,
    line_id: lineId,
    ...(options && { options }),
    ...(note !== null && { note }),
    name,
    price: price === null ? null : money(price),
    quantity,
    line_total: price === null ? null : money(price * quantity),
    price_source: source,
    available: true,
    messages: Object.entries(told)
      .filter(([, isTold]) => isTold)
      .map(([code]) => ({ code, line_id: lineId })),
    ...(current !== undefined && { current_price: money(current) }),
  };
}

function currentPrice(cart: ModelCart, lineId: string, catalogue: Catalogue | undefined): number | undefined {
  const line = cart.lines.get(lineId);
  const product = line && catalogue?.get(line.productId);
  return product?.currency !== cart.currency || product.price === line?.price ? undefined : product.price;
}

/** A real response without what the model does not know: times, checkout ids, and message texts. */
export function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimes);
  if (typeof value !== 'object' || value === null) return value;
  const known = Object.entries(value).filter(([key]) => !/_at$|^checkout_id$|^severity$|^detail$/.test(key));
  return Object.fromEntries(known.map(([key, inner]: [string, unknown]) => [key, withoutTimes(inner)]));
}
