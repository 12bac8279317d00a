import { readFileSync } from 'node:fs';
import { guestsOf, type Ledger } from './ledger.js';

/** Relative to the root of the repository, where npm runs everything. */
const PAGE = 'docs/redis-keys.md';
const SECTION = /## What the visits of a soak leave behind\n([^]*?)\n## /;
const ROW =
  /^\| `(?<key>[^`]+)` +\| (?<bytes>\d+) +\| (?<each>guest who leaves|guest|visit|user|change) +\| (?:(?<most>[\d,]+)(?<aUser> a user)?)? *\| (?:(?<seconds>\d+) s)?.*\|$/gm;

/** A row of the table of what visits leave behind in Redis. */
export interface LeftBehind {
  readonly key: string;
  /** Bytes that Redis allocates each time, according to `MEMORY USAGE`. */
  readonly bytes: number;
  /** How often it is left behind, by the counts of visits, before anything expires. */
  readonly times: (ledger: Ledger) => number;
  /** Seconds until it expires; Infinity if that is longer than a run. */
  readonly seconds: number;
}

const CHANGES_OF_GUEST = ['add', 'add'].length;
const CHANGES_OF_VISIT = ['merge, of the guest', 'merge', 'add', 'complete'].length;

const TIMES: Readonly<Record<string, (ledger: Ledger) => number>> = {
  'guest who leaves': ({ left }) => left,
  guest: guestsOf,
  visit: ({ merged }) => merged,
  user: ({ users }) => users,
  change: (ledger) => guestsOf(ledger) * CHANGES_OF_GUEST + ledger.merged * CHANGES_OF_VISIT,
};

/**
 * Parses the table "What the visits of a soak leave behind" of docs/redis-keys.md.
 * @throws Error if there is no such table.
 */
export function leftBehind(page: string = readFileSync(PAGE, 'utf8')): LeftBehind[] {
  const rows = Array.from((SECTION.exec(page)?.[1] ?? '').matchAll(ROW), ({ groups = {} }) => {
    const { key = '', bytes, each = '', most, aUser, seconds } = groups;
    const bound = Number(most?.replaceAll(',', '') ?? Infinity);
    const count = TIMES[each] ?? (() => 0);
    return {
      key,
      bytes: Number(bytes),
      times: (ledger: Ledger) => Math.min(count(ledger), aUser === undefined ? bound : bound * ledger.users),
      seconds: Number(seconds ?? Infinity),
    };
  });
  if (rows.length === 0) throw new Error(`${PAGE} has no table of what visits leave behind.`);
  return rows;
}
