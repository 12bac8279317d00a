import { CartClient } from '../support/cart-client.js';
import { historyKey, historyUpTo } from '../support/cart-history.js';
import { eventually } from '../support/eventually.js';
import { change, resumed } from '../support/stream-messages.js';
import { startTestApp } from '../support/test-app.js';
import { useEventStreams } from '../support/use-event-streams.js';
import { useTestApp } from '../support/use-test-app.js';

const KIB = 1024;

const api = useTestApp();
const streams = useEventStreams();

const bytesOf = async (key: string): Promise<number> => Number(await api.redis.memory('USAGE', key, 'SAMPLES', 0));

/** As many bytes as a product id can have: 100 characters of four bytes each. */
const longestId = (index: number): string => String.fromCodePoint(0x1f600 + index).repeat(100);
const adds = (ids: readonly string[]) => ids.map((product_id) => ({ op: 'add', product_id, quantity: 1 }));

/** The entry of a user's change in the stream, once it is there. */
async function entryOf(userId: string): Promise<string[]> {
  const entries = await eventually(
    async () => api.redis.xrevrange('events:cart', '+', '-', 'COUNT', 10),
    (latest) => latest.some(([, fields]) => fields.includes(userId)),
  );
  return entries.map(([, fields]) => fields).find((fields) => fields.includes(userId)) ?? [];
}

describe('a change', () => {
  it.each([
    ['two of the longest product ids', [longestId(0), longestId(1)]],
    ['fifty ordinary product ids', Array.from({ length: 50 }, (_, index) => `prod_${index}`)],
  ])('of %s is published in full', async (_kind, ids) => {
    const userId = `whole-${ids.length}`;
    const stream = await streams.follow(api, userId);
    await new CartClient(api.http, userId).batch(...adds(ids)).expect(200);
    expect(await stream.next()).toEqual(change('batch', 1, ...ids.map((id): [string, 0, 1] => [id, 0, 1])));
  });

  it('that is larger has no changes for clients, reconnecting clients and programs', async () => {
    const cart = new CartClient(api.http, 'larger');
    const stream = await streams.follow(api, 'larger');
    const ids = [longestId(0), longestId(1), longestId(2)];
    await cart.batch(...adds(ids)).expect(200);
    await cart.clear().expect(200);
    const batch = { event: 'change', data: { type: 'batch', version: 1, changes: null } };
    const clear = { event: 'change', data: { type: 'clear', version: 2, changes: null } };
    expect(await stream.take(2)).toMatchObject([batch, clear]);
    const back = await streams.open(api, 'larger', '.0');
    expect(await back.take(3)).toMatchObject([resumed(0), batch, clear]);
    const entry = await entryOf('larger');
    expect(entry.filter((_, index) => index % 2 === 0)).toEqual(['type', 'user', 'life', 'version', 'changes', 'at']);
    expect(entry[9]).toBe('null');
  });
});

describe('what a user leaves in Redis', () => {
  it('is a history of at most 20 KiB, for large and small changes alike', async () => {
    const userId = 'u'.repeat(128);
    const cart = new CartClient(api.http, userId);
    const pair = [longestId(0), longestId(1)];
    let most = 0;
    for (let version = 1; version <= 60; version += 1) {
      await cart.batch(...adds(version % 2 === 0 ? pair : ['pen'])).expect(200);
      await historyUpTo(api.redis, userId, version);
      most = Math.max(most, await bytesOf(historyKey(userId)));
    }
    for (let version = 61; version <= 200; version += 1) {
      await cart.update('pen', version).expect(200);
      most = Math.max(most, await bytesOf(historyKey(userId)));
    }
    expect(most).toBeLessThanOrEqual(20 * KIB);
    expect(most).toBeGreaterThan(8 * KIB);
  });

  it('has its history expire 15 minutes after the last change', async () => {
    const cart = new CartClient(api.http, 'forgotten');
    await cart.add('a').expect(200);
    await historyUpTo(api.redis, 'forgotten', 1);
    await api.redis.persist(historyKey('forgotten'));
    await cart.add('a').expect(200);
    await historyUpTo(api.redis, 'forgotten', 2);
    const left = await api.redis.pttl(historyKey('forgotten'));
    expect(left).toBeGreaterThan(14 * 60_000);
    expect(left).toBeLessThanOrEqual(15 * 60_000);
  });

  it('replaces foreign text in the history instead of appending to it', async () => {
    await api.redis.set(historyKey('foreign'), 'x'.repeat(100 * KIB));
    const cart = new CartClient(api.http, 'foreign');
    await cart.add('a').expect(200);
    await cart.add('b').expect(200);
    const [line = ''] = await historyUpTo(api.redis, 'foreign', 2);
    expect(JSON.parse(line)).toMatchObject({ version: 2, changes: [['b', 0, 1]] });
    expect(await bytesOf(historyKey('foreign'))).toBeLessThan(KIB);
  });

  it('is at most 1 KiB for open streams', async () => {
    const userId = 'p'.repeat(128);
    for (let place = 0; place < 5; place += 1) await streams.follow(api, userId);
    expect(await bytesOf(`events:streams:${userId}`)).toBeLessThanOrEqual(KIB);
  });
});

describe('the stream of all changes', () => {
  const MAX_BYTES = KIB * KIB;
  // An instance measures the stream after every hundred changes.
  const BETWEEN_BYTES = 150 * KIB;

  const changeCarts = async (changes: number, operations: readonly object[]): Promise<void> => {
    const small = await startTestApp(api.server, { EVENTS_MAX_BYTES: String(MAX_BYTES) });
    const carts = Array.from({ length: 20 }, (_, index) => new CartClient(small.http, `crowd-${index}`));
    for (let done = 0; done < changes; done += carts.length) {
      await Promise.all(carts.map((cart) => cart.batch(...operations).expect(200)));
    }
    await small.close();
  };

  it('uses EVENTS_MAX_BYTES if every change has the maximum size', async () => {
    await changeCarts(1500, adds([longestId(0), longestId(1)]));
    const bytes = await bytesOf('events:cart');
    expect(bytes).toBeLessThanOrEqual(MAX_BYTES + BETWEEN_BYTES);
    expect(bytes).toBeGreaterThan(MAX_BYTES * 0.8);
  });

  it('holds many more small changes in this space, and drops the oldest', async () => {
    await api.redis.del('events:cart');
    const pipeline = api.redis.pipeline();
    for (let index = 0; index < 30_000; index += 1) {
      const fields = ['type', 'add', 'user', 'crowd', 'version', index, 'changes', '[["laptop",1,3]]', 'at', index];
      pipeline.xadd('events:cart', `1-${index + 1}`, ...fields);
    }
    await pipeline.exec();
    expect(await bytesOf('events:cart')).toBeGreaterThan(MAX_BYTES);
    await changeCarts(400, adds(['pen']));
    expect(await bytesOf('events:cart')).toBeLessThanOrEqual(MAX_BYTES + BETWEEN_BYTES);
    expect(await api.redis.xlen('events:cart')).toBeGreaterThan(15_000);
    expect(await api.redis.xrange('events:cart', '1-1', '1-1')).toEqual([]);
    expect(await api.redis.xrange('events:cart', '1-30000', '1-30000')).toHaveLength(1);
  });
});
