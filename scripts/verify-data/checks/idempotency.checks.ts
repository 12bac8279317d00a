import { keys } from '#redis';
import { findingIf, type ContentCheck } from '../stored-key.js';
import { DIGITS, wholeNumber } from '../values.js';

const MAX_BYTES = 524_288;
const MIN_RECORDS = 32;
/** SHA-256 in base64url, then the record's number. */
const HEAD = /^[\w-]{43}(\d{12})/;
const HEAD_LENGTH = 55;
const ENTRY = /^\d+ (\d+) (.+)$/s;

/** Checks the queue of a user's records: `first` ≤ `whole` ≤ `next`, an entry for each number, and correct sums. */
export const checkIdempotencyIndex: ContentCheck = async ({ redis, name }) => {
  const { first, whole, next, bytes, ...entries } = await redis.hgetall(name);
  if (next === undefined && Object.keys(entries).length === 0) return [];
  const [from, kept, to, sum] = [first, whole, next, bytes].map(wholeNumber);
  if (from === undefined || kept === undefined || to === undefined || sum === undefined) return [];
  if (!(from <= kept && kept <= to)) return ['is not a queue: first, whole and next are out of order'];
  const parsed = Object.entries(entries).map(([number, entry]) => ({ number, match: ENTRY.exec(entry) }));
  const counted = parsed.reduce((total, { match }) => total + Number(match?.[1] ?? 0), 0);
  const isComplete = parsed.length === to - from && parsed.every(({ number }) => isBetween(Number(number), from, to));
  return [
    ...findingIf(!isComplete, `holds ${parsed.length} records, but its numbers imply ${to - from}`),
    ...findingIf(
      parsed.some(({ match }) => match?.[2]?.startsWith(`${name}:`) !== true),
      'has an entry that does not refer to a record',
    ),
    ...findingIf(counted !== sum, `counts ${sum} bytes, but its records take ${counted}`),
    ...findingIf(sum > MAX_BYTES && to - from > MIN_RECORDS, `keeps ${sum} bytes, more than ${MAX_BYTES}`),
  ];
};

export const checkIdempotencyRecord: ContentCheck = async ({ redis, name, owner }) => {
  const head = await redis.getrange(name, 0, HEAD_LENGTH - 1);
  if (head === '') return [];
  const [, number = ''] = HEAD.exec(head) ?? [];
  if (!DIGITS.test(number)) return ['is not an idempotency record'];
  const entry = await redis.hget(keys.cartIdempotencyIndex(owner), String(Number(number)));
  return findingIf(ENTRY.exec(entry ?? '')?.[2] !== name, 'is missing from the queue of records');
};

function isBetween(number: number, from: number, to: number): boolean {
  return number >= from && number < to;
}
