import { keys } from '#redis';
import { CartClient, LAPTOP } from '../support/cart-client.js';
import { eventually } from '../support/eventually.js';
import { FilledUser } from '../support/filled-user.js';
import { guestOf } from '../support/guest-client.js';
import { contentsOf, linesWith } from '../support/redis-contents.js';
import { RedisProxy } from '../support/redis-proxy.js';
import { startTestApp } from '../support/test-app.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });

const opened: FilledUser[] = [];
afterAll(() => {
  for (const { stream } of opened) stream.close();
});

async function filled(name: string): Promise<FilledUser> {
  const user = await FilledUser.fill(api, name);
  opened.push(user);
  return user;
}

/** An instance that loses Redis after the first step of a merge. */
async function mergeHalfway(userId: string, guestId: string): Promise<void> {
  const guest = guestOf(api.http, guestId);
  await guest.add('cup', 1, { name: 'Cup', price: 3 }).expect(200);
  const proxy = await RedisProxy.start(api.server.socket);
  const dying = await startTestApp({ url: proxy.url });
  const held = proxy.holdAfter(1, /:offer\r\n/);
  const answer = new CartClient(dying.http, userId).merge(guest.token).then(({ status }) => status);
  await held;
  await proxy.stop();
  expect(await answer).toBe(503);
  await dying.close();
}

const erase = ({ authorization, account }: FilledUser) =>
  api.http.delete('/me/data').set('Authorization', authorization).send({ password: account.password });

const namesIn = (contents: ReadonlyMap<string, string>): string[] => Array.from(contents.keys());

describe('a user about whom every kind of key is stored', () => {
  let user: FilledUser;
  let other: FilledUser;
  let before: Map<string, string>;
  let after: Map<string, string>;

  beforeAll(async () => {
    [user, other] = [await filled('erased'), await filled('bystander')];
    await mergeHalfway(user.userId, 'guest_pending');
    await mergeHalfway(other.userId, 'guest_pending_other');
    await eventually(
      async () => api.redis.exists(keys.cartMetric('get', user.userId), keys.cartMetric('get', other.userId)),
      (found) => found === 2,
    );
    before = await contentsOf(api.redis);
    await erase(user).expect(204);
    after = await contentsOf(api.redis);
  });

  it('has a key of each kind in libs/redis/src/key-space.ts that is about users', () => {
    const kinds = user.keysOf('guest_pending');
    expect(Object.keys(kinds).toSorted()).toEqual(Object.keys(keys).toSorted());
    const missing = Object.entries(kinds).filter(
      ([, start]) => start !== undefined && !namesIn(before).some((name) => name.startsWith(start)),
    );
    expect(missing).toEqual([]);
    expect(before.get(keys.cartEvents)).toContain(user.userId);
    expect(before.get(keys.cartOffer('guest_pending'))).toContain(user.userId);
    expect(before.get(keys.cartCheckouts(user.guest.userId))).toContain(user.userId);
  });

  it('is in no key and in no value of Redis any more', () => {
    expect(linesWith(before, user.ids).length).toBeGreaterThan(30);
    expect(linesWith(after, user.ids)).toEqual([]);
  });

  it('leaves the data of other users as it was', () => {
    const mine = linesWith(before, [...other.ids, other.guest.userId]);
    expect(mine.length).toBeGreaterThan(30);
    expect(linesWith(after, [...other.ids, other.guest.userId])).toEqual(mine);
  });

  it('leaves the guests who were merged with what is theirs', () => {
    expect(after.has(keys.cart('guest_pending'))).toBe(true);
    expect(after.has(keys.cartOffer('guest_pending'))).toBe(false);
    expect(after.get(keys.cartMeta('guest_pending'))).not.toContain('offer');
  });

  it('is rejected with a token of a session, and can neither refresh it nor sign in', async () => {
    const asUser = api.http.get('/me/data').set('Authorization', user.authorization);
    expect((await asUser).body).toMatchObject({ code: 'session_revoked' });
    await user.account.refresh(user.refreshToken).expect(401);
    await user.account.login().expect(401);
  });

  it('can register again with the same address, as another user', async () => {
    const { body } = await user.account.register().expect(201);
    expect(body.user_id).not.toBe(user.userId);
  });
});

it('a guest who was merged is erased from the keys of the user, too', async () => {
  const user = await filled('merged');
  await mergeHalfway(user.userId, 'guest_half_merged');
  for (const guest of [user.guest, guestOf(api.http, 'guest_half_merged')]) {
    expect(linesWith(await contentsOf(api.redis), [guest.userId]).length).toBeGreaterThan(2);
    await api.http.delete('/me/data').set('Authorization', `Bearer ${guest.token}`).expect(204);
    expect(linesWith(await contentsOf(api.redis), [guest.userId])).toEqual([]);
  }
  const { body } = await api.http.get('/cart').set('Authorization', user.authorization).expect(200);
  expect(body.count).toBeGreaterThan(0);
});

it('entries of a long stream are found, also while other users are erased or exported', async () => {
  const users = ['long-a', 'long-b', 'long-c'];
  const adding = api.redis.pipeline();
  for (let index = 0; index < 3000; index += 1) {
    adding.xadd('events:cart', '*', 'type', 'add', 'user', users[index % 3] ?? '', 'version', String(index + 1));
  }
  await adding.exec();
  const send = (method: 'get' | 'delete', userId: string) =>
    api.http[method]('/me/data').set('Authorization', bearer(userId));
  const [, , exported] = await Promise.all([
    send('delete', 'long-a').expect(204),
    send('delete', 'long-b').expect(204),
    send('get', 'long-c').expect(200),
  ]);
  expect(exported.body.data.events.stream).toHaveLength(1000);
  const contents = await contentsOf(api.redis);
  expect(linesWith(contents, ['"long-a"', '"long-b"'])).toEqual([]);
  expect(linesWith(contents, ['"long-c"']).length).toBe(1000);
});

it('a write that was running is erased with the rest', async () => {
  const cart = new CartClient(api.http, 'busy');
  for (let round = 0; round < 5; round += 1) {
    const writes = Array.from({ length: 10 }, async () => cart.add('laptop', 1, LAPTOP).expect(200));
    const erased = api.http.delete('/me/data').set('Authorization', bearer('busy')).expect(204);
    await Promise.all([...writes, erased]);
    expect(linesWith(await contentsOf(api.redis), ['busy'])).toEqual([]);
  }
});
