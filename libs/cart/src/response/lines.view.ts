import { detached, jsonTime, toJsonNumber, type Amount } from '#kernel';
import type { CartLine, LineProduct, SavedLine } from '../domain/cart.js';
import type { Customization } from '../domain/customization.js';
import { messagesOf } from '../domain/messages.js';
import { totalOf, totalsOf } from '../domain/totals.js';
import { renderMessages } from './messages.view.js';

/**
 * The JSON fields of lines and their totals, without the braces of the object. Totals are inserted as text, because they may
 * have more digits than `JSON.stringify` keeps of a number.
 * @param more fields to insert between the counts and the total, each with a leading comma.
 * @param moreOf fields of a line to insert, each with a leading comma.
 */
export function renderLines(
  lines: readonly CartLine[],
  more = '',
  moreOf: (line: CartLine) => string = nothing,
): string {
  const { count, unpricedItems, lineTotals, totalPrice } = totalsOf(lines);
  const items = lines.map((line, index) => renderLine(line, lineTotals[index] ?? null, moreOf(line))).join(',');
  const counts = `"count":${count},"unique_items":${lines.length},"unpriced_items":${unpricedItems}`;
  return `"items":[${items}],${counts}${more},"total_price":${toJsonNumber(totalPrice)}`;
}

const nothing = (): string => '';

/** The JSON of saved lines, as `SavedItemDto` describes each. */
export function renderSavedLines(lines: readonly SavedLine[]): string {
  const items = lines.map((line) => renderLine(line, totalOf(line), `,"currency":${JSON.stringify(line.currency)}`));
  return `[${items.join(',')}]`;
}

/** The fields of an object as JSON, without its braces. */
export function fieldsOf(object: object): string {
  return JSON.stringify(object).slice(1, -1);
}

/** Built by hand: `JSON.stringify` of an object for each line takes five times as long. */
function renderLine(line: CartLine, total: Amount | null, more = ''): string {
  const product = renderedProduct(line);
  const price = optionalField('current_price', line.currentPrice);
  const customization = renderCustomization(line.customization);
  const addedAt = jsonTime(line.addedAt);
  const updatedAt = line.updatedAt === line.addedAt ? addedAt : jsonTime(line.updatedAt);
  return (
    `${headOf(line, product)}${line.quantity},"line_total":${total === null ? 'null' : toJsonNumber(total)}${price}${customization}` +
    `${product.tail}${addedAt},"updated_at":${updatedAt}${renderState(line)}${more}}`
  );
}

function headOf(line: CartLine, { plainHead, beforeLineId, afterLineId }: RenderedProduct): string {
  if (line.lineId === line.productId) return plainHead;
  return `${beforeLineId}${JSON.stringify(line.lineId)}${afterLineId}`;
}

/** Whether the product is available, and what the shopper should be told. Almost every line has no messages. */
function renderState(line: CartLine): string {
  const messages = messagesOf(line);
  if (line.available !== false && messages.length === 0) return ',"available":true,"messages":[]';
  return `,"available":${line.available !== false},"messages":${renderMessages(messages)}`;
}

/** Cached for customizations that lines share. */
const renderedCustomizations = new WeakMap<Customization, string>();

function renderCustomization(customization: Customization): string {
  const known = renderedCustomizations.get(customization);
  if (known !== undefined) return known;
  const text = [optionalField('options', customization.options), optionalField('note', customization.note)].join('');
  renderedCustomizations.set(customization, text);
  return text;
}

/** The parts of a line's JSON that lines of the product share. */
interface RenderedProduct {
  readonly productId: string;
  /** From the beginning to the quantity, of a line without options. */
  readonly plainHead: string;
  /** The same of a line with options, up to its id. */
  readonly beforeLineId: string;
  /** From its id to the quantity. */
  readonly afterLineId: string;
  /** Between the total and the times. */
  readonly tail: string;
}

/** Cached for products that lines share. */
const rendered = new WeakMap<LineProduct, RenderedProduct>();

function renderedProduct({ productId, product }: CartLine): RenderedProduct {
  const known = rendered.get(product);
  if (known?.productId === productId) return known;
  const id = JSON.stringify(productId);
  // Joined, not concatenated with `+`: V8 copies a concatenated string from its parts each time it becomes part of another.
  const beforeLineId = [`{"product_id":`, id, `,"line_id":`].join('');
  const afterLineId = [
    `,"name":`,
    JSON.stringify(product.name),
    `,"price":`,
    product.price ?? 'null',
    `,"quantity":`,
  ].join('');
  const parts = {
    productId: detached(productId),
    plainHead: [beforeLineId, id, afterLineId].join(''),
    beforeLineId,
    afterLineId,
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

/** A field with a leading comma; empty if the value is undefined. */
export function optionalField(name: string, value: unknown): string {
  return value === undefined ? '' : `,"${name}":${JSON.stringify(value)}`;
}
