import { keys } from '#redis';
import { findingIf, type ContentCheck } from '../stored-key.js';
import { DIGITS, parseJsonObject, wholeNumber } from '../values.js';
import { lineBytes, lineFindings } from './line.check.js';

const MAX_HISTORY_BYTES = 8192;
const LIFE = /^[0-9a-f]{8}$/;
const CURRENCY = /^[A-Z]{3}$/;
const OUR_TIMES = /,"at":\[\d+,\d+\]\}$/;

export const checkCart: ContentCheck = async ({ redis, name, owner, limits }) => {
  const [lines, saved, hasMeta] = await Promise.all([
    redis.hgetall(name),
    redis.hgetall(keys.cartSaved(owner)),
    redis.exists(keys.cartMeta(owner)),
  ]);
  const count = Object.keys(lines).length;
  const isOurs = Object.values(lines).some((text) => OUR_TIMES.test(text));
  return [
    ...lineFindings(lines),
    ...findingIf(count > limits.maxLines, `has ${count} lines, more than ${limits.maxLines}`),
    ...tooLarge(lineBytes(lines) + lineBytes(saved), limits.maxBytes),
    ...findingIf(isOurs && hasMeta === 0, 'was written by this service but has no meta'),
  ];
};

export const checkSaved: ContentCheck = async ({ redis, name, limits }) => {
  const lines = await redis.hgetall(name);
  const count = Object.keys(lines).length;
  return [
    ...lineFindings(lines),
    ...findingIf(count > limits.maxLines, `has ${count} lines, more than ${limits.maxLines}`),
    ...tooLarge(lineBytes(lines), limits.maxBytes),
  ];
};

function tooLarge(bytes: number, max: number): string[] {
  return findingIf(bytes > max, `takes ${bytes} bytes of lines, more than ${max}`);
}

export const checkMeta: ContentCheck = async ({ redis, name }) => {
  const { version, currency, updated_at, life, offer, merged, note, attributes, ...rest } = await redis.hgetall(name);
  const others = Object.keys(rest);
  // Offering a cart that another program wrote creates a meta.
  if (version === undefined && offer !== undefined) return [];
  return [
    ...findingIf(version !== undefined && !(wholeNumber(version) >= 1), 'has an invalid version'),
    ...findingIf(version === undefined && life !== undefined, 'has no version'),
    ...findingIf(currency !== undefined && !CURRENCY.test(currency), 'has an invalid currency'),
    ...findingIf(updated_at !== undefined && !DIGITS.test(updated_at), 'has an invalid time of its last change'),
    ...findingIf(life !== undefined && !LIFE.test(life), 'has an invalid life'),
    ...findingIf(merged !== undefined && !/^[\w-]{22}$/.test(merged), 'has an invalid latest merge'),
    ...findingIf(note !== undefined && !/^".*"$/s.test(note), 'has an invalid note'),
    ...findingIf(attributes !== undefined && parseJsonObject(attributes) === undefined, 'has invalid attributes'),
    ...findingIf(others.length > 0, `has ${others.length} unknown fields`),
  ];
};

export const checkHistory: ContentCheck = async ({ redis, name, owner }) => {
  const [text, meta] = await Promise.all([redis.get(name), redis.hmget(keys.cartMeta(owner), 'version', 'life')]);
  if (text === null) return [];
  const changes = text.split('\n').slice(0, -1).map(parseJsonObject);
  const [version, life] = meta;
  const told = changes.filter((change) => change !== undefined && (change.life ?? '') === life);
  const latest = Math.max(0, ...told.map((change) => Number(change?.version)));
  return [
    ...findingIf(!text.endsWith('\n') || changes.includes(undefined), 'has a line that is not a change'),
    ...findingIf(Buffer.byteLength(text) > MAX_HISTORY_BYTES, `takes more than ${MAX_HISTORY_BYTES} bytes`),
    ...findingIf(
      changes.some((change) => change?.user !== owner),
      "records another user's change",
    ),
    ...findingIf(latest > wholeNumber(version), `records version ${latest}, but the cart is at ${version}`),
  ];
};

export const checkOffer: ContentCheck = async ({ redis, name }) => {
  const { id, user, version, ...quantities } = await redis.hgetall(name);
  if (id === undefined && user === undefined && Object.keys(quantities).length === 0) return [];
  const wrong = Object.entries(quantities).filter(([field, value]) => !/^[cs]:/.test(field) || !DIGITS.test(value));
  return [
    ...findingIf(
      id === undefined || user === undefined || !DIGITS.test(version ?? ''),
      'lacks its id, user or version',
    ),
    ...findingIf(wrong.length > 0, `has ${wrong.length} invalid quantities`),
  ];
};

/** Ids of offers, some with the id of the guest. */
export const checkMerges: ContentCheck = async ({ redis, name }) => {
  const entries = await redis.zrange(name, 0, '-1');
  const wrong = entries.filter((entry) => !/^[\w-]{22}( [\w.:@|-]{1,128})?$/.test(entry)).length;
  return findingIf(wrong > 0, `has ${wrong} invalid merges`);
};
