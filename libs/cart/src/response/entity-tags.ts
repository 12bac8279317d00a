import { hash } from 'node:crypto';
import { ValidationFailedError } from '#kernel';

/** One entity tag of RFC 9110, section 8.8.3. */
const ENTITY_TAG = /(W\/)?"([\x21\x23-\x7e]*)"/g;
/** The list of an `If-Match`: tags, commas and blanks. What is between two tags is checked by what is left over. */
const SEPARATORS = /^[,\s]*$/;
/** What `cartTag` makes; life and version are the part that a write is protected by. */
const CART_TAG = /^([a-z0-9]{0,16}\.\d{1,15})\.[\w-]{22}$/;
/** 132 bits of base64url. */
const DIGEST_LENGTH = 22;

/** What tells one state of a cart from another. */
export interface CartState {
  /** Tells the cart from an earlier one of the same user that has expired; `''` before the first change. */
  readonly life: string;
  readonly version: number;
}

/**
 * The entity tag of a response with a cart: its life, its version and a digest of the body. Clients take it as opaque. The
 * digest makes it stand for these bytes alone: prices of the product cache and what others write to Redis change the body
 * without the version, and versions of two users, or of two lives of a cart, are the same numbers.
 */
export function cartTag({ life, version }: CartState, body: string): string {
  return `"${life}.${version}.${hash('sha256', body, 'base64url').slice(0, DIGEST_LENGTH)}"`;
}

/**
 * The states of a cart that an `If-Match` names, as scripts take them: `,4f1c22a9.3,4f1c22a9.4,`, or `''` if any will
 * do. Weak tags and tags that are no cart's match nothing, as RFC 9110, section 13.1.1 asks.
 * @throws ValidationFailedError where the header is malformed, such as a tag without quotes.
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
