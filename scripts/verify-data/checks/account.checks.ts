import { keys } from '#redis';
import { findingIf, type ContentCheck } from '../stored-key.js';
import { DIGITS, SESSION_ID, USER_ID } from '../values.js';

const GENERATION = /^\d{1,9}( \d{1,15}){1,9}$/;
const MAX_NETWORKS = 10;

export const checkAccount: ContentCheck = async ({ redis, name }) => {
  const { password, created_at } = await redis.hgetall(name);
  if (password === undefined && created_at === undefined) return [];
  return [
    ...findingIf(password?.startsWith('$argon2id$') !== true, 'has no password'),
    ...findingIf(!DIGITS.test(created_at ?? ''), 'has no creation time'),
  ];
};

/** An address that is kept permanently must lead to an account. */
export const checkAccountEmail: ContentCheck = async ({ redis, name }) => {
  const [userId, left] = await Promise.all([redis.get(name), redis.pttl(name)]);
  if (userId === null) return [];
  if (!USER_ID.test(userId)) return ['is not a user id'];
  return findingIf(
    left < 0 && (await redis.exists(keys.account(userId))) === 0,
    'refers to an account that does not exist',
  );
};

export const checkRefreshFamilies: ContentCheck = async ({ redis, name, limits }) => {
  const families = Object.entries(await redis.hgetall(name));
  const wrong = families.filter(([id, text]) => !SESSION_ID.test(id) || !GENERATION.test(text)).length;
  return [
    ...findingIf(wrong > 0, `has ${wrong} invalid logins`),
    ...findingIf(
      families.length > limits.maxSessions,
      `has ${families.length} logins, more than ${limits.maxSessions}`,
    ),
  ];
};

export const checkAttempts: ContentCheck = async ({ redis, name }) => {
  const { count, until } = await redis.hgetall(name);
  if (count === undefined && until === undefined) return [];
  return findingIf(!DIGITS.test(count ?? '') || !DIGITS.test(until ?? ''), 'is not a valid count of attempts');
};

export const checkNetworks: ContentCheck = async ({ redis, name }) => {
  const count = await redis.zcard(name);
  return findingIf(count > MAX_NETWORKS, `has ${count} networks, more than ${MAX_NETWORKS}`);
};

/** Networks as text, such as `203.0.113.9` or `2001:db8:0:1::/64`. */
export const checkSources: ContentCheck = async ({ redis, name }) => {
  const networks = await redis.zrange(name, 0, '-1');
  const wrong = networks.filter((network) => !/^([\da-f.:]+(\/64)?|unknown)$/.test(network)).length;
  return findingIf(wrong > 0, `has ${wrong} invalid networks`);
};
