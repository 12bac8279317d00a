import { detached, isoTime, toJsonNumber, type Amount } from '#kernel';
import type { CartLine, LineProduct, SavedLine } from '../domain/cart.js';
import { totalOf, totalsOf } from '../domain/totals.js';

/**
 * The fields of lines and their totals in the JSON of an object, without its braces. Totals are put in as text: they may
 * have more digits than `JSON.stringify` keeps of a number.
 * @param more fields that go between the counts and the total, each after a comma.
 */
export function renderLines(lines: readonly CartLine[], more = ''): string {
  const { count, unpricedItems, lineTotals, totalPrice } = totalsOf(lines);
  const items = lines.map((line, index) => renderLine(line, lineTotals[index] ?? null)).join(',');
  const counts = `"count":${count},"unique_items":${lines.length},"unpriced_items":${unpricedItems}`;
  return `"items":[${items}],${counts}${more},"total_price":${toJsonNumber(totalPrice)}`;
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
  const { head, tail } = renderedProduct(line);
  const price = optionalField('current_price', line.currentPrice);
  return (
    `${head}${line.quantity},"line_total":${total === null ? 'null' : toJsonNumber(total)}${price}` +
    `${tail}${quotedTime(line.addedAt)},"updated_at":${quotedTime(line.updatedAt)}${more}}`
  );
}

/** What the JSON of a product's line holds before the quantity, and between the total and the times. */
interface RenderedProduct {
  readonly productId: string;
  readonly head: string;
  readonly tail: string;
}

/** Of products that lines share. */
const rendered = new WeakMap<LineProduct, RenderedProduct>();

function renderedProduct({ productId, product }: CartLine): RenderedProduct {
  const known = rendered.get(product);
  if (known?.productId === productId) return known;
  const name = JSON.stringify(product.name);
  // Joined, not added up: what is added up is copied from its parts each time that it becomes part of something.
  const parts = {
    productId: detached(productId),
    head: [
      `{"product_id":`,
      JSON.stringify(productId),
      `,"name":`,
      name,
      `,"price":`,
      product.price ?? 'null',
      `,"quantity":`,
    ].join(''),
    tail: [
      optionalField('description', product.description),
      optionalField('image_url', product.imageUrl),
      optionalField('category', product.category),
      optionalField('attributes', product.attributes),
      `,"price_source":`,
      JSON.stringify(product.priceSource),
      `,"added_at":`,
    ].join(''),
  };
  rendered.set(product, parts);
  return parts;
}

/** A field after a comma; nothing where the value is undefined. */
export function optionalField(name: string, value: unknown): string {
  return value === undefined ? '' : `,"${name}":${JSON.stringify(value)}`;
}

/** The JSON of a time. */
export function quotedTime(milliseconds: number | null): string {
  const time = isoTime(milliseconds);
  return time === null ? 'null' : `"${time}"`;
}
