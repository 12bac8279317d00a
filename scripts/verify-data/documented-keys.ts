import { readFileSync } from 'node:fs';

/** Relative to the root of the repository, where npm runs everything. */
const PAGE = 'docs/redis-keys.md';
/** A row of the table of keys: names, type, contents, expiry. */
const ROW = /^\| (?<names>`[^|]*`) +\| (?<type>[a-z ]+?) +\|[^|]*\| (?<expiry>[^|]*?) +\|/;
const NAME = /`([^`]+)`/g;
/** Matches `{user_id}`, but not the outer braces of `{cart:{user_id}}:meta`, which are part of the key. */
const PLACEHOLDER = /\{[a-z_ ]+\}/g;

/** A kind of key, as documented in docs/redis-keys.md. */
export interface DocumentedKey {
  /** Such as `{cart:{user_id}}:meta`. */
  readonly name: string;
  /** Its group is the owner of the key: a user or, if the key has none, the value of the first placeholder. */
  readonly pattern: RegExp;
  /** As returned by Redis's `TYPE`. */
  readonly type: string;
  /** Whether all keys of this kind expire; null if only some do. */
  readonly expires: boolean | null;
}

/**
 * Parses the table of docs/redis-keys.md. The most specific name comes first: `rate_limit:address/…` is not a
 * `rate_limit:{user_id}`.
 */
export function documentedKeys(page: string = readFileSync(PAGE, 'utf8')): DocumentedKey[] {
  const keys = page.split('\n').flatMap((line) => {
    const { names = '', type = '', expiry = '' } = ROW.exec(line)?.groups ?? {};
    return Array.from(names.matchAll(NAME), ([, name = '']) => ({
      name,
      pattern: patternOf(name),
      type: type === 'sorted set' ? 'zset' : type,
      expires: expiresBy(expiry),
    }));
  });
  return keys.toSorted((a, b) => fixedLength(b.name) - fixedLength(a.name));
}

function expiresBy(expiry: string): boolean | null {
  if (!expiry.startsWith('none')) return true;
  return expiry.includes(' until ') ? null : false;
}

function fixedLength(name: string): number {
  return name.replaceAll(PLACEHOLDER, '').length;
}

function patternOf(name: string): RegExp {
  const placeholders: readonly string[] = name.match(PLACEHOLDER) ?? [];
  const owner = Math.max(0, placeholders.indexOf('{user_id}'));
  const fixed = name.split(PLACEHOLDER).map((part) => part.replaceAll(/[{}.*+?^$()|[\]\\]/g, '\\$&'));
  const source = fixed.map((part, index) => part + (index === owner ? '([^]+)' : '[^]+')).slice(0, -1);
  return new RegExp(`^${source.join('')}${fixed.at(-1) ?? ''}$`);
}
