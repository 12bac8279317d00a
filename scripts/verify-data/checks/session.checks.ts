import * as z from 'zod';
import { keys } from '#redis';
import { findingIf, type ContentCheck } from '../stored-key.js';
import { parseJsonObject, SESSION_ID, USER_ID } from '../values.js';

const MAX_JSON_BYTES = 8192;
/** Scripts read these fields at these positions. */
const HEAD = /^\{"last_activity":\d+,"user_id":"[^"\\]+","created_at":\d+,/;
const object = z
  .record(z.string(), z.unknown())
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= MAX_JSON_BYTES);
const session = z.object({
  last_activity: z.int(),
  user_id: z.string().regex(USER_ID),
  created_at: z.int(),
  preferences: object,
  data: object,
  user_agent: z.string().nullable(),
});

export const checkSession: ContentCheck = async ({ redis, name, owner }) => {
  const text = await redis.get(name);
  if (text === null) return [];
  const stored = session.safeParse(parseJsonObject(text)).data;
  if (!SESSION_ID.test(owner) || !HEAD.test(text) || stored === undefined) return ['is not a valid session'];
  // The creation may have failed before the index was written; then no client has ever known the session's id.
  if (stored.last_activity === stored.created_at) return [];
  const score = await redis.zscore(keys.sessions(stored.user_id), owner);
  return findingIf(score === null, "is in use but missing from its user's index: ending all sessions would not end it");
};

/** The index may name sessions that are gone, but nothing else. */
export const checkSessionIndex: ContentCheck = async ({ redis, name, limits }) => {
  const ids = await redis.zrange(name, 0, '-1');
  const wrong = ids.filter((id) => !SESSION_ID.test(id)).length;
  const found = await Promise.all(ids.map(async (id) => redis.exists(keys.session(id))));
  const active = found.filter((count) => count === 1).length;
  return [
    ...findingIf(wrong > 0, `has ${wrong} invalid session ids`),
    ...findingIf(active > limits.maxSessions, `has ${active} sessions, more than ${limits.maxSessions}`),
  ];
};

export const checkRenewed: ContentCheck = async ({ redis, name }) => {
  const id = await redis.get(name);
  return findingIf(id !== null && !SESSION_ID.test(id), 'is not a session id');
};
