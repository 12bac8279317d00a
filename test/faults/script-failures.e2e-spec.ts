import { basename, dirname, join } from 'node:path';
import type { Redis } from 'ioredis';
import { commandsOf, RedisScript } from '#redis';
import { expectCarriedOutOnce, KEYED_WRITES, preparedWrite, stateOfCart } from '../support/keyed-writes.js';
import { luaScripts } from '../support/lua-scripts.js';
import { measured } from '../support/measured.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

/** The rate limit must not stop requests when it lacks a right, so that each request reaches the script under test. */
const api = useTestApp({ RATE_LIMIT_ON_FAILURE: 'local' });
const LIBRARIES = join(__dirname, '../../libs');
const READ_ONLY = ['read.lua', 'count.lua', 'read_checkout.lua', 'moved_checkouts.lua', 'find_entries.lua'];

let admin: Redis;
beforeAll(async () => {
  await api.redis.call('ACL', 'SETUSER', 'admin', 'on', '>admin', '~*', '&*', '+@all');
  admin = api.redis.duplicate();
  await admin.call('AUTH', 'admin', 'admin');
});
afterEach(async () => {
  await allow();
});
afterAll(() => {
  admin.disconnect();
});

/** Lets the service run all commands except the given one. */
async function allow(except?: string): Promise<void> {
  const rights = except === undefined ? ['+@all'] : ['+@all', `-${except.toLowerCase()}`];
  await admin.call('ACL', 'SETUSER', 'default', ...rights);
}

function luaOf(file: string): string {
  return RedisScript.load(join(LIBRARIES, dirname(file)), basename(file, '.lua')).lua;
}

it('a script whose user lacks the right to any one of its commands fails before it writes', async () => {
  const before = await admin.dbsize();
  let pairs = 0;
  for (const [file, text] of luaScripts()) {
    if (text.startsWith('-- Included by other scripts') || READ_ONLY.includes(basename(file))) continue;
    const lua = luaOf(file);
    for (const command of commandsOf(lua)) {
      await allow(command);
      const keys = Array.from({ length: 6 }, (_, index) => `matrix:${index}`);
      const args = Array.from({ length: 20 }, () => '1');
      await expect(api.redis.eval(lua, keys.length, ...keys, ...args)).rejects.toThrow(/^NOPERM/);
      pairs += 1;
    }
  }
  expect(await admin.dbsize()).toBe(before);
  expect(pairs).toBeGreaterThan(150);
  measured('a script lacks a right', { 'pairs of script and command': pairs, 'half done': 0 });
});

it('a script that checks its rights does no harm if its user may not use all keys', async () => {
  await admin.call('ACL', 'SETUSER', 'default', 'resetkeys', '~matrix:*');
  const { run_id } = Object.fromEntries((await admin.info('server')).split('\r\n').map((line) => line.split(':')));
  for (const [file, text] of luaScripts()) {
    if (text.startsWith('-- Included by other scripts')) continue;
    await api.redis.eval(luaOf(file), 1, 'matrix:none').catch(() => undefined);
  }
  expect(await admin.info('server')).toContain(String(run_id));
  await admin.call('ACL', 'SETUSER', 'default', 'allkeys');
});

describe.each(Object.entries(KEYED_WRITES))('%s with a key', (name, write) => {
  it('changes nothing while a right is missing, and is applied once when it is back', async () => {
    const userId = `rights-${name}`;
    const prepared = await preparedWrite(api, userId, write);
    const before = await stateOfCart(admin, userId);
    for (const command of commandsOf(luaOf(`cart/src/storage/lua/${name}.lua`))) {
      await allow(command);
      expectProblem(await prepared.send(), 'redis_unavailable');
      await allow();
      // A merge cancels the offer that it could not apply, and records that.
      if (name !== 'merge') expect(await stateOfCart(admin, userId)).toEqual(before);
    }
    await expectCarriedOutOnce(admin, prepared);
  });

  it('is recorded even if the index names lists or keys of other programs', async () => {
    const prepared = await preparedWrite(api, `index-${name}`, write);
    const index = `{cart:index-${name}}:idem`;
    await admin.rpush(`${index}:list`, 'foreign');
    await admin.set(`others-${name}`, 'x'.repeat(200));
    await admin.hset(index, { first: 0, whole: 0, next: 3, bytes: 600_000 });
    await admin.hset(index, { 0: `1 500000 ${index}:list`, 1: `1 90000 others-${name}`, 2: '1 1 x' });
    await expectCarriedOutOnce(admin, prepared);
    expect(await admin.strlen(`others-${name}`)).toBe(200);
    expect(await admin.lrange(`${index}:list`, 0, -1)).toEqual(['foreign']);
  });
});
