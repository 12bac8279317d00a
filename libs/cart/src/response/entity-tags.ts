import { hash } from 'node:crypto';
import { ValidationFailedError } from '#kernel';

/** One entity tag (RFC 9110, section 8.8.3). */
const ENTITY_TAG = /(W\/)?"([\x21\x23-\x7e]*)"/g;
/** What may be left of an `If-Match` without its tags: commas and blanks. */
const SEPARATORS = /^[,\s]*$/;
/** The form of `cartTag`. Writes are conditional on the life and version. */
const CART_TAG = /^([a-z0-9]{0,16}\.\d{1,15})\.[\w-]{22}$/;
/** 132 bits of base64url. */
const DIGEST_LENGTH = 22;

/** Identifies one state of a cart. */
export interface CartState {
  /** Distinguishes the cart from an earlier, expired one of the same user; `''` before the first change. */
  readonly life: string;
  readonly version: number;
}

/**
 * The entity tag of a response with a cart: life, version and a digest of the body. Clients treat it as opaque. The digest is
 * needed because prices in the product cache, and data that other programs write to Redis, change the body but not the version,
 * and because versions of two users, or of two lives of a cart, can be the same numbers.
 */
export function cartTag({ life, version }: CartState, body: string): string {
  return `"${life}.${version}.${hash('sha256', body, 'base64url').slice(0, DIGEST_LENGTH)}"`;
}

/**
 * The cart states in an `If-Match`, in the form that scripts take: `,4f1c22a9.3,4f1c22a9.4,`, or `''` for any state. Weak tags
 * and tags that are not a cart's match nothing (RFC 9110, section 13.1.1).
 * @throws ValidationFailedError if the header is malformed, such as a tag without quotes.
 */
export function statesOfIfMatch(header: string | undefined): string {
  if (header === undefined || header.trim() === '*') return '';
  const tags = Array.from(header.matchAll(ENTITY_TAG), ([, weak, tag = '']) => (weak === undefined ? tag : ''));
  if (tags.length === 0 || !SEPARATORS.test(header.replaceAll(ENTITY_TAG, ''))) {
    throw new ValidationFailedError([{ field: 'If-Match', message: 'must be an ETag of the cart, in quotes, or *' }]);
  }
  const states = tags.map((tag) => CART_TAG.exec(tag)?.[1]).filter((state) => state !== undefined);
  return `,${states.join(',')},`;
}
