import { ValidationFailedError } from '#common';

/** One entity tag of RFC 9110, section 8.8.3. */
const ENTITY_TAG = /(W\/)?"([\x21\x23-\x7e]*)"/g;
/** The list of an `If-Match`: tags, commas and blanks. What is between two tags is checked by what is left over. */
const SEPARATORS = /^[,\s]*$/;
const VERSION = /^\d{1,15}$/;

/**
 * The versions that an `If-Match` names, as scripts take them: `,3,4,`, or `''` where any will do. Weak tags and tags
 * that are no version match nothing, as RFC 9110, section 13.1.1 asks.
 * @throws ValidationFailedError where the header is malformed, such as a version without quotes.
 */
export function versionsOfIfMatch(header: string | undefined): string {
  if (header === undefined || header.trim() === '*') return '';
  const tags = Array.from(header.matchAll(ENTITY_TAG), ([, weak, tag = '']) => (weak === undefined ? tag : ''));
  if (tags.length === 0 || !SEPARATORS.test(header.replaceAll(ENTITY_TAG, ''))) {
    throw new ValidationFailedError([{ field: 'If-Match', message: 'must be versions in quotes, such as "7", or *' }]);
  }
  return listed(tags);
}

/** The versions that an `If-None-Match` names, weak or not, as scripts take them; `''` for none. */
export function versionsOfIfNoneMatch(header: string | undefined): string {
  const versions = Array.from((header ?? '').matchAll(ENTITY_TAG), ([, , tag = '']) => tag);
  return versions.some(isVersion) ? listed(versions) : '';
}

function listed(versions: readonly string[]): string {
  return `,${versions.filter(isVersion).join(',')},`;
}

function isVersion(tag: string): boolean {
  return VERSION.test(tag);
}
