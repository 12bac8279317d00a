import { loadConfig } from '#config';
import { keys } from '#redis';
import { limitsOf } from '../../scripts/verify-data/limits.js';
import { CONTENT_CHECKS } from '../../scripts/verify-data/content-checks.js';
import { documentedKeys } from '../../scripts/verify-data/documented-keys.js';
import { AccountClient } from '../support/account-client.js';
import { CartClient, LAPTOP } from '../support/cart-client.js';
import { filledCart } from '../support/filled-cart.js';
import { guestOf } from '../support/guest-client.js';
import { withKey } from '../support/idempotency.js';
import { SessionClient } from '../support/session-client.js';
import { dataFindings, expectSoundData } from '../support/sound-data.js';
import { useEventStreams } from '../support/use-event-streams.js';
import { useTestApp } from '../support/use-test-app.js';
import { bearer } from '../support/tokens.js';

const USER = 'anna';
const SESSION = 's'.repeat(43);
const HEAD = 'f'.repeat(43);
const LINE = '{"quantity":1,"at":[1,0]}';
const DAY = 86_400;

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });
const streams = useEventStreams();

afterEach(async () => {
  await api.redis.flushall();
});

/** One key that is written wrong, as commands of Redis, and what is said of it. */
type Command = readonly [name: string, ...args: (string | number)[]];
type Broken = readonly [problem: string, key: string, ...commands: Command[]];

const expiring = (key: string, seconds = 60): Command => ['EXPIRE', key, seconds];

function hash(problem: string, key: string, ...fields: string[]): Broken {
  return [problem, key, ['HSET', key, ...fields], expiring(key)];
}

function text(problem: string, key: string, value: string): Broken {
  return [problem, key, ['SET', key, value, 'EX', 60]];
}

const index = keys.cartIdempotencyIndex(USER);
const BROKEN: readonly Broken[] = [
  ['is a string, not a hash', keys.cart(USER), ['SET', keys.cart(USER), 'text', 'EX', 60]],
  ['never expires', keys.cart(USER), ['HSET', keys.cart(USER), 'cup', '{"quantity":1}']],
  [
    'lives for at most',
    keys.cartSaved(USER),
    ['HSET', keys.cartSaved(USER), 'cup', LINE],
    expiring(keys.cartSaved(USER), 30 * DAY),
  ],
  hash('invalid lines', keys.cart(USER), 'cup', '{"quantity":1001}'),
  hash('invalid lines', keys.cart(USER), 'cup', 'no JSON'),
  hash('has no meta', keys.cart(USER), 'cup', LINE),
  hash('more than 200', keys.cartSaved(USER), ...Array.from({ length: 201 }, (_, at) => [`p${at}`, LINE]).flat()),
  hash('bytes of lines', keys.cartSaved(USER), 'cup', `{"quantity":1,"name":"${'x'.repeat(270_000)}"}`),
  hash('invalid version', keys.cartMeta(USER), 'version', '-1'),
  hash('invalid currency', keys.cartMeta(USER), 'version', '1', 'currency', 'dollars'),
  hash('unknown fields', keys.cartMeta(USER), 'version', '1', 'colour', 'red'),
  hash('unreadable checkouts', keys.cartCheckouts(USER), 'c'.repeat(22), 'garbage'),
  text('line that is not a change', keys.cartHistory(USER), 'garbage\n'),
  hash('out of order', index, 'first', '2', 'whole', '1', 'next', '3', 'bytes', '0'),
  hash('numbers imply 2', index, 'first', '0', 'whole', '0', 'next', '2', 'bytes', '7', '0', `1 7 ${index}:k`),
  hash('counts 9 bytes', index, 'first', '0', 'whole', '0', 'next', '1', 'bytes', '9', '0', `1 7 ${index}:k`),
  hash(
    'does not refer to a record',
    index,
    'first',
    '0',
    'whole',
    '0',
    'next',
    '1',
    'bytes',
    '7',
    '0',
    '1 7 elsewhere',
  ),
  text('is not an idempotency record', keys.cartIdempotency(USER, 'k'), 'garbage'),
  text('missing from the queue', keys.cartIdempotency(USER, 'k'), `${HEAD}000000000001`),
  hash('lacks its id', keys.cartOffer(USER), 'c:cup', '1'),
  text('neither applied nor cancelled', keys.cartMerged(USER, 'o'), 'perhaps'),
  text('is not a valid session', keys.session(SESSION), '{"user_id":"anna"}'),
  text(
    "missing from its user's index",
    keys.session(SESSION),
    '{"last_activity":2,"user_id":"anna","created_at":1,"preferences":{},"data":{},"user_agent":null,"ip":null}',
  ),
  ['invalid session ids', keys.sessions(USER), ['ZADD', keys.sessions(USER), 1, 'x'], expiring(keys.sessions(USER))],
  text('is not a session id', keys.sessionRenewed(SESSION), 'x'),
  text('is not a valid product', keys.product('cup'), '{"name":"Cup"}'),
  text('is not a valid lock', keys.productLoad('cup'), 'mine'),
  ['entries that are not changes', keys.cartEvents, ['XADD', keys.cartEvents, '*', 'type', 'add']],
  ['never ends', keys.cartStreams(USER), ['ZADD', keys.cartStreams(USER), -1, 'x'], expiring(keys.cartStreams(USER))],
  ['has no password', keys.account(USER), ['HSET', keys.account(USER), 'created_at', 1]],
  hash('expires, but must not', keys.account(USER), 'password', '$argon2id$…', 'created_at', '1'),
  ['does not exist', keys.accountEmail('digest'), ['SET', keys.accountEmail('digest'), 'acct_1']],
  hash('invalid logins', keys.refreshFamilies(USER), SESSION, 'x'),
  hash('is not a valid count of attempts', keys.loginsFrom('digest', 'network'), 'count', 'many'),
  text('is not a positive whole number', keys.logins('digest'), 'soon'),
  text('is not a positive whole number', keys.loginsOfNetwork('network'), 'soon'),
  [
    'has 11 networks',
    keys.loginNetworks('digest'),
    ['ZADD', keys.loginNetworks('digest'), ...Array.from({ length: 11 }, (_, at) => [at, `n${at}`]).flat()],
    expiring(keys.loginNetworks('digest')),
  ],
  text('is not a positive whole number', keys.rateLimit(USER), '0'),
  text('is not a positive whole number', keys.addressLimit('network'), 'x'),
  text('is not a positive whole number', keys.rateLimit('address/network'), 'x'),
  text('is not a positive whole number', keys.cartMetric('add', USER), 'x'),
  text('not documented', 'metrics:cart:add', '1'),
];

it.each(BROKEN.map((broken) => ({ problem: broken[0], key: broken[1], broken })))(
  'reports "$problem" for $key',
  async ({ problem, broken }) => {
    const [, , ...commands] = broken;
    for (const [command, ...args] of commands) await api.redis.call(command, ...args);
    const findings = await dataFindings(api.redis);
    expect(findings.map(({ problem: found }) => found)).toContainEqual(expect.stringContaining(problem));
  },
);

it('reports a history with later versions than the cart', async () => {
  const { cart } = await filledCart(api.http, USER);
  await cart.add('pen', 1, LAPTOP).expect(200);
  await api.redis.hset(keys.cartMeta(USER), 'version', 2);
  expect(await dataFindings(api.redis)).toContainEqual({
    key: keys.cartHistory(USER),
    problem: expect.stringContaining('but the cart is at 2'),
  });
});

it('does not print session ids or product ids', async () => {
  await api.redis.set(keys.session(SESSION), 'x', 'EX', 60);
  await api.redis.set(keys.product('cup'), 'x', 'EX', 60);
  const found = (await dataFindings(api.redis)).map(({ key }) => key);
  expect(found.toSorted()).toEqual(['product:…', 'session:…']);
});

it('leaves foreign keys alone, and counts them', async () => {
  await api.redis.set('bull:queue:1', 'x');
  expect(await dataFindings(api.redis)).toEqual([
    expect.objectContaining({ problem: expect.stringContaining('1 keys') }),
  ]);
});

it('checks the content of every kind of key, and knows the lifetime of each', () => {
  const kinds = documentedKeys();
  expect([...CONTENT_CHECKS.keys()].toSorted()).toEqual(kinds.map(({ name }) => name).toSorted());
  const { lifetimes } = limitsOf(loadConfig({ REDIS_HOST: 'unused' }));
  const names = kinds.map(({ name }) => name);
  expect([...lifetimes.keys()].filter((name) => !names.includes(name))).toEqual([]);
});

it('reports nothing after every operation', async () => {
  const { cart, id } = await filledCart(api.http, USER);
  await withKey(cart.add('pen', 2, LAPTOP), 'key-1').expect(200);
  for (let count = 0; count < 12; count += 1) {
    await cart.update('pen', count + 5).expect(200);
    await cart.checkout().expect(201);
  }
  await cart
    .send(api.http.patch('/cart'))
    .send({ note: 'n', attributes: { a: 'b' } })
    .expect(200);
  const customized = { product_id: 'mug', quantity: 1, options: { size: 'L' }, note: 'n' };
  await cart.send(api.http.post('/cart/add')).send(customized).expect(200);
  for (let count = 0; count < 40; count += 1) await withKey(cart.update('pen', count + 1), `k${count}`).expect(200);
  await cart.complete(id, 'order-1');
  await streams.open(api, USER);
  const guest = guestOf(api.http, 'guest_1');
  await guest.add('cup').expect(200);
  await cart.merge(guest.token).expect(200);
  const sessions = new SessionClient(api.http, USER);
  for (let count = 0; count < 22; count += 1) await sessions.create({ data: { count } }).expect(201);
  const ids = await sessions.ids();
  await sessions.renew(ids[0] ?? '').expect(200);
  await sessions.end(ids[1] ?? '').expect(204);
  const signedIn = await AccountClient.signedIn(api.http, 'bea');
  await signedIn.client.refresh(signedIn.refresh).expect(200);
  await new AccountClient(api.http, signedIn.client.email, 'wrong password 1').login().expect(401);
  await api.http
    .post('/cache/product/pen')
    .set('Authorization', bearer('clerk', 'catalog'))
    .send({ product_data: { name: 'Pen', price: 2 } });
  await new CartClient(api.http, USER).clear().expect(200);
  await expectSoundData(api.redis);
});
