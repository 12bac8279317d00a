import { CartClient } from '../support/cart-client.js';
import { eventually } from '../support/eventually.js';
import { guestOf } from '../support/guest-client.js';
import { withKey } from '../support/idempotency.js';
import { documentedBounds } from '../support/key-bounds.js';
import { SessionClient } from '../support/session-client.js';
import { useEventStreams } from '../support/use-event-streams.js';
import { useTestApp } from '../support/use-test-app.js';

const USER = 'greedy';
const LINES = 200;
const LINES_OF_A_BATCH = 50;
/** Rows from this size on are filled by more than half, or the test would show nothing. */
const LARGE = 100 * 1024;

const api = useTestApp();
const streams = useEventStreams();
const cart = (): CartClient => new CartClient(api.http, USER);

/** 200 lines in the cart, 200 saved ones, together as many bytes as a cart may take. */
async function fillCart(): Promise<void> {
  for (const list of ['saved', 'cart']) {
    for (let first = 0; first < LINES; first += LINES_OF_A_BATCH) {
      const additions = Array.from({ length: LINES_OF_A_BATCH }, (_, index) => ({
        op: 'add',
        product_id: `${list}-${first + index}`,
        quantity: 1,
        product_data: { name: 'Product', price: 9.99, description: '€'.repeat(175) },
      }));
      await cart()
        .batch(...additions)
        .expect(200);
    }
    for (let index = 0; index < LINES && list === 'saved'; index += 1) {
      await cart().save(`saved-${index}`).expect(200);
    }
  }
}

async function fillSessions(): Promise<void> {
  const sessions = new SessionClient(api.http, USER);
  const full = { text: 'x'.repeat(8192 - JSON.stringify({ text: '' }).length) };
  for (let count = 0; count < 25; count += 1) await sessions.create({ preferences: full, data: full }).expect(201);
  for (const id of await sessions.ids()) await sessions.renew(id).expect(200);
}

/** All keys, sessions included, except those of the guest and the notes and index of merges, which have no bound of their own. */
async function keysOfUser(): Promise<string[]> {
  const keys = await api.redis.keys('*');
  return keys.filter((key) => !/guest_|:merged:|:merges$|^events:cart$|^rate_limit:ceiling/.test(key));
}

async function bytesOf(key: string): Promise<number> {
  return Number(await api.redis.memory('USAGE', key, 'SAMPLES', 0));
}

it('one user who fills everything leaves no more than documented, and no undocumented key', async () => {
  await fillCart();
  for (let count = 0; count < 12; count += 1) {
    await cart()
      .update('cart-0', count + 1)
      .expect(200);
    await cart().checkout().expect(201);
  }
  for (let count = 0; count < 40; count += 1) {
    await withKey(cart().update('cart-0', count + 1), `key-${count}`.padEnd(128, 'k')).expect(200);
  }
  await fillSessions();
  for (let count = 0; count < 5; count += 1) await streams.open(api, USER);
  const guest = guestOf(api.http, 'guest_greedy');
  await guest.add('cart-0').expect(200);
  await cart().merge(guest.token).expect(200);
  await eventually(
    async () => api.redis.exists(`metrics:cart:merge:${USER}`),
    (found) => found === 1,
  );

  const rows = documentedBounds().map((bound) => ({ ...bound, used: 0 }));
  const undocumented: string[] = [];
  for (const key of await keysOfUser()) {
    const row = rows.find(({ holds }) => holds(key));
    if (row === undefined) undocumented.push(key);
    else row.used += await bytesOf(key);
  }
  expect(undocumented).toEqual([]);
  expect(rows.filter(({ used, bytes }) => used > bytes)).toEqual([]);
  expect(rows.filter(({ used, bytes }) => bytes >= LARGE && used < bytes / 2)).toEqual([]);
  expect(rows.reduce((sum, { used }) => sum + used, 0)).toBeLessThan(2 * 1024 ** 2);
}, 120_000);
