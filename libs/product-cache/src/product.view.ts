import { createHash } from 'node:crypto';
import type { CachedProduct } from './domain/cached-product.js';
import { CachedProductDto } from './dto/cached-product.dto.js';

const DIGEST_BYTES = 16;

/** A product as it is returned. */
export interface RenderedProduct {
  /** JSON, as `CachedProductDto` describes it. */
  readonly json: string;
  /** A strong entity tag (RFC 9110, section 8.8.3): a digest of the JSON. */
  readonly entityTag: string;
}

/** Cached for the copies in this instance's memory, which are returned again and again. */
const rendered = new WeakMap<CachedProduct, RenderedProduct>();

export function renderProduct(product: CachedProduct): RenderedProduct {
  const known = rendered.get(product);
  if (known !== undefined) return known;
  const json = JSON.stringify(CachedProductDto.of(product));
  const digest = createHash('sha256').update(json).digest().subarray(0, DIGEST_BYTES);
  const fresh = { json, entityTag: `"${digest.toString('base64url')}"` };
  rendered.set(product, fresh);
  return fresh;
}
