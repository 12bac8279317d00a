import { createHash } from 'node:crypto';
import { isProductId } from '#kernel';
import type { Options } from './customization.js';

/** 132 bits of base64url: no two sets of options that anyone can find have the same digest. */
const DIGEST_LENGTH = 22;
/** No product id contains a brace. */
const WITH_OPTIONS = /^([^{]+)\{[\w-]{22}\}$/u;

/**
 * The id of a line: that of its product and, if the line has options, a digest of these, such as `mug{Vb2…}`. The order of
 * options does not count.
 */
export function lineIdOf(productId: string, options: Options = {}): string {
  const entries = Object.entries(options).toSorted(([left], [right]) => (left < right ? -1 : 1));
  if (entries.length === 0) return productId;
  const digest = createHash('sha256').update(JSON.stringify(entries)).digest('base64url');
  return `${productId}{${digest.slice(0, DIGEST_LENGTH)}}`;
}

/** The product of a line. Must be the same rule as `product_of` in `lua/lib/pending_lines.lua`. */
export function productIdOf(lineId: string): string {
  const brace = lineId.indexOf('{');
  return brace > 0 ? lineId.slice(0, brace) : lineId;
}

export function isLineId(value: unknown): value is string {
  if (isProductId(value)) return true;
  return typeof value === 'string' && isProductId(WITH_OPTIONS.exec(value)?.[1]);
}
