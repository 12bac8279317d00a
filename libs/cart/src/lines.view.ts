import { isoTime, toJsonNumber, type Amount } from '#common';
import type { CartLine, LineProduct, SavedLine } from './domain/cart.js';
import { totalOf, totalsOf } from './domain/totals.js';

/**
 * The fields of lines and their totals in the JSON of an object, without its braces. Totals are put in as text: they may
 * have more digits than `JSON.stringify` keeps of a number.
 * @param more fields that go between the counts and the total.
 */
export function renderLines(lines: readonly CartLine[], more: Readonly<Record<string, unknown>> = {}): string {
  const { count, unpricedItems, lineTotals, totalPrice } = totalsOf(lines);
  const items = lines.map((line, index) => renderLine(line, lineTotals[index] ?? null)).join(',');
  const counts = fieldsOf({ count, unique_items: lines.length, unpriced_items: unpricedItems, ...more });
  return `"items":[${items}],${counts},"total_price":${toJsonNumber(totalPrice)}`;
}

/** The JSON of lines that are saved for later, as `SavedItemDto` describes each. */
export function renderSavedLines(lines: readonly SavedLine[]): string {
  const items = lines.map((line) => renderLine(line, totalOf(line), `,"currency":${JSON.stringify(line.currency)}`));
  return `[${items.join(',')}]`;
}

/** The fields of an object as they stand in its JSON. */
export function fieldsOf(object: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(object).slice(1, -1);
}

/** Put together by hand: `JSON.stringify` of an object for each line takes five times as long. */
function renderLine(line: CartLine, total: Amount | null, more = ''): string {
  const { before, after } = renderedProduct(line.product);
  return (
    `{"product_id":${JSON.stringify(line.productId)},${before},"quantity":${line.quantity}` +
    `,"line_total":${total === null ? 'null' : toJsonNumber(total)}${optionalField('current_price', line.currentPrice)}` +
    `${after},"added_at":${quotedTime(line.addedAt)},"updated_at":${quotedTime(line.updatedAt)}${more}}`
  );
}

/** The JSON of a line's product, before and after the quantity. */
interface RenderedProduct {
  readonly before: string;
  readonly after: string;
}

/** Of products that lines share. */
const rendered = new WeakMap<LineProduct, RenderedProduct>();

function renderedProduct(product: LineProduct): RenderedProduct {
  const known = rendered.get(product);
  if (known !== undefined) return known;
  const before = `"name":${JSON.stringify(product.name)},"price":${product.price}`;
  const after =
    optionalField('description', product.description) +
    optionalField('image_url', product.imageUrl) +
    optionalField('category', product.category) +
    optionalField('attributes', product.attributes) +
    `,"price_source":${JSON.stringify(product.priceSource)}`;
  rendered.set(product, { before, after });
  return { before, after };
}

function optionalField(name: string, value: unknown): string {
  return value === undefined ? '' : `,"${name}":${JSON.stringify(value)}`;
}

function quotedTime(milliseconds: number | null): string {
  const time = isoTime(milliseconds);
  return time === null ? 'null' : `"${time}"`;
}
