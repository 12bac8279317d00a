import { readFileSync } from 'node:fs';

/** From the top of the repository, where npm runs everything. */
const PAGE = 'docs/redis-keys.md';
/** A row of the table of keys: names, type, what it holds, expiry. */
const ROW = /^\| (?<names>`[^|]*`) +\| (?<type>[a-z ]+?) +\|[^|]*\| (?<expiry>[^|]*?) +\|/;
const NAME = /`([^`]+)`/g;
/** `{user_id}`, but not the outer braces of `{cart:{user_id}}:meta`, which are part of the key. */
const PLACEHOLDER = /\{[a-z_ ]+\}/g;

/** A kind of key, as docs/redis-keys.md documents it. */
export interface DocumentedKey {
  /** Such as `{cart:{user_id}}:meta`. */
  readonly name: string;
  /** Its group is whose key it is: a user or, if the key has none, what the first placeholder stands for. */
  readonly pattern: RegExp;
  /** In the words of Redis's `TYPE`. */
  readonly type: string;
  /** Whether every such key expires; null if some do. */
  readonly expires: boolean | null;
}

/** The table of docs/redis-keys.md, the most particular name first: `rate_limit:address/…` is no `rate_limit:{user_id}`. */
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
