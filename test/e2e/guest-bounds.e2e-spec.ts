import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CartClient, LAPTOP } from '../support/cart-client.js';
import { eventually } from '../support/eventually.js';
import { guestOf } from '../support/guest-client.js';
import { itOnOneServer } from '../support/on-one-server.js';
import { useTestApp } from '../support/use-test-app.js';

const ROW = /^\| `([^`]+)` +\| ([\d,]+) +\| (\d+) (s|h|d) +\|/gm;
const SECONDS = { s: 1, h: 3600, d: 86_400 };
const api = useTestApp();

/** The table "What a guest leaves behind" of docs/redis-keys.md. */
function documented(): { name: string; bytes: number; seconds: number }[] {
  const page = readFileSync(join(__dirname, '../../docs/redis-keys.md'), 'utf8');
  const section = /## What a guest leaves behind\n([^]*?)\n## /.exec(page)?.[1] ?? '';
  return Array.from(section.matchAll(ROW), ([, name = '', bytes = '', number, unit]) => ({
    name,
    bytes: Number(bytes.replace(',', '')),
    seconds: Number(number) * SECONDS[unit === 's' || unit === 'h' ? unit : 'd'],
  }));
}

/** The keys of a guest and of the user that the guest became, as the table names them. */
async function leftBehind(): Promise<Map<string, { bytes: number; seconds: number }>> {
  const found = new Map<string, { bytes: number; seconds: number }>();
  for (const key of await api.redis.keys('*')) {
    if (!/guest_9wYv2mTt0Qk3xLZb7sHnRA|:merged:|rate_limit:/.test(key) || /ceiling|rate_limit:member/.test(key))
      continue;
    const name = key
      .replace('guest_9wYv2mTt0Qk3xLZb7sHnRA', '{guest_id}')
      .replace('cart:member', 'cart:{user_id}')
      .replace(/(:merged:).*/, '$1{offer_id}')
      .replace(/(metrics:cart:)\w+/, '$1{operation}');
    const bytes = Number(await api.redis.memory('USAGE', key, 'SAMPLES', 0));
    found.set(name, { bytes: Math.max(bytes, found.get(name)?.bytes ?? 0), seconds: await api.redis.ttl(key) });
  }
  return found;
}

const name = 'a guest who adds a product and signs in leaves no more data, and for no longer, than documented';
itOnOneServer('a key takes 16 bytes more', name, async () => {
  const guest = guestOf(api.http, 'guest_9wYv2mTt0Qk3xLZb7sHnRA');
  await guest.add('laptop', 1, LAPTOP).expect(200);
  await guest.get().expect(200);
  await eventually(
    async () =>
      Promise.all(
        ['metrics:cart:get:guest_9wYv2mTt0Qk3xLZb7sHnRA', '{cart:guest_9wYv2mTt0Qk3xLZb7sHnRA}:events'].map((key) =>
          api.redis.exists(key),
        ),
      ),
    (found) => !found.includes(0),
  );
  const before = await leftBehind();
  await new CartClient(api.http, 'member').merge(guest.token).expect(200);
  await eventually(
    async () => {
      const [note = ''] = await api.redis.keys('*:merged:*');
      return api.redis.ttl(note);
    },
    (seconds) => seconds <= 86_400,
  );
  const found = new Map([...before, ...(await leftBehind())]);
  const rows = documented();
  expect([...found.keys()].toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
  const bytesOf = (): [string, number][] => rows.map(({ name }) => [name, found.get(name)?.bytes ?? 0]);
  expect(bytesOf()).toEqual(rows.map(({ name, bytes }) => [name, bytes]));
  for (const { name, seconds } of rows) {
    expect(found.get(name)?.seconds).toBeLessThanOrEqual(seconds);
    expect(found.get(name)?.seconds).toBeGreaterThan(0);
  }
});
