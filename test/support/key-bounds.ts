import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.js';

/** The keys of one user that a row of docs/redis-keys.md bounds together. */
export interface KeyBound {
  readonly names: string;
  readonly bytes: number;
  readonly holds: (key: string) => boolean;
}

const ROW = /^\| (`[^|]+`) +\| (\d+) KiB +\|/gm;
const NAME = /`([^`]+)`/g;
const PLACEHOLDER = /\\\{[a-z_]+\\\}/g;

/** The table "What one user can leave behind". */
export function documentedBounds(): KeyBound[] {
  const page = readFileSync(join(ROOT, 'docs/redis-keys.md'), 'utf8');
  const section = /## What one user can leave behind\n([^]*?)\n## /.exec(page)?.[1] ?? '';
  return Array.from(section.matchAll(ROW), ([, names = '', kibibytes]) => {
    const patterns = Array.from(names.matchAll(NAME), ([, name = '']) => patternOf(name));
    return { names, bytes: Number(kibibytes) * 1024, holds: (key) => patterns.some((pattern) => pattern.test(key)) };
  });
}

/** `{user_id}` and the like are placeholders for an id; all other braces are literal. */
function patternOf(name: string): RegExp {
  const escaped = name.replaceAll(/[{}]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll(PLACEHOLDER, '[^{}]+')}$`);
}
