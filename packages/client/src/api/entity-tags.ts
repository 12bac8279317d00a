/** The `ETag` of each object that the service returned. It is not part of the object, and is forgotten with it. */
const tags = new WeakMap<object, string>();

export function rememberTag(body: unknown, tag: string | null): void {
  if (tag !== null && typeof body === 'object' && body !== null) tags.set(body, tag);
}

/**
 * The `ETag` that an object came with, such as a cart.
 *
 * @param seen the object itself as the client returned it, not a copy, or a tag.
 * @throws TypeError if there is none: copies and results of dry runs have no tag.
 */
export function tagOf(seen: object | string): string {
  const tag = typeof seen === 'string' ? seen : tags.get(seen);
  if (tag === undefined)
    throw new TypeError('This object has no ETag: pass the one that the client returned, not a copy.');
  return tag;
}
