import type { RedisClient } from '#redis/client';
import { findingIf, type ContentCheck } from '../stored-key.js';
import { DIGITS } from '../values.js';

const PAGE = 500;
const FIELDS = ['type', 'user', 'version', 'changes', 'at'];

/** Reads the whole stream, page by page. */
export const checkFeed: ContentCheck = async ({ redis, name }) => {
  let wrong = 0;
  for await (const fields of entriesOf(redis, name)) if (!isChange(fields)) wrong += 1;
  return findingIf(wrong > 0, `has ${wrong} entries that are not changes`);
};

async function* entriesOf(redis: RedisClient, name: string): AsyncGenerator<string[]> {
  let from = '-';
  for (;;) {
    const page = await redis.xrange(name, from, '+', 'COUNT', PAGE);
    for (const [, fields] of page) yield fields;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    from = `(${last[0]}`;
  }
}

function isChange(flat: readonly string[]): boolean {
  const valueOf = (field: string): string => flat[flat.indexOf(field) + 1] ?? '';
  if (!FIELDS.every((field) => flat.includes(field))) return false;
  return DIGITS.test(valueOf('version')) && DIGITS.test(valueOf('at')) && /^(\[|null$)/.test(valueOf('changes'));
}

export const checkStreams: ContentCheck = async ({ redis, name }) => {
  const leases = await redis.zrange(name, 0, '-1', 'WITHSCORES');
  const ends = leases.flat().filter((_value, index) => index % 2 === 1);
  return findingIf(
    ends.some((end) => !(Number(end) > 0)),
    'has a lease that never ends',
  );
};
