import { join } from 'node:path';
import * as z from 'zod';
import { pairsOf, RedisScript } from '#redis';
import { findingIf, type ContentCheck } from '../stored-key.js';
import { lineFindings } from './line.check.js';

/** 50 that are not completed, 50 that are. */
const MAX_CHECKOUTS = 100;
const describe = RedisScript.load(join(import.meta.dirname, '../lua'), 'describe_checkouts');
const described = z.array(
  z.tuple([
    z.string(),
    z.number(),
    z.enum(['ok', 'unreadable']),
    z.array(z.unknown()).transform((all) => all.map(String)),
  ]),
);

export const checkCheckouts: ContentCheck = async ({ redis, name, limits }) => {
  const checkouts = described.parse(await describe.run(redis, [name], []));
  const unreadable = checkouts.filter(([, , state]) => state === 'unreadable').length;
  const bytes = checkouts.reduce((sum, [, size]) => sum + size, 0);
  return [
    ...findingIf(unreadable > 0, `has ${unreadable} unreadable checkouts`),
    ...findingIf(checkouts.length > MAX_CHECKOUTS, `has ${checkouts.length} checkouts, more than ${MAX_CHECKOUTS}`),
    // A single checkout is kept however large it is.
    ...findingIf(checkouts.length > 1 && bytes > 2 * limits.maxBytes, `takes ${bytes} bytes of checkouts`),
    ...checkouts.flatMap(([, , , flat]) => lineFindings(Object.fromEntries(pairsOf(flat)))).slice(0, 1),
  ];
};
