import { CartClient, LAPTOP } from '../support/cart-client.js';
import { filledCart } from '../support/filled-cart.js';
import { withKey } from '../support/idempotency.js';
import { describeOnOneServer } from '../support/on-one-server.js';
import { commandsDuring, type SeenCommand } from '../support/redis-monitor.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();

/** No request waits for the change feed, for counters, or for the heartbeat of the feed of changed products. */
const NOT_AWAITED = /^(events:cart$|metrics:)/;
const REASON = 'the address limit and the user limit are separate scripts';
const RATE_LIMIT = 'evalsha';
const SCRIPT = 'evalsha';

type Write = (cart: CartClient, id: string, tag: string) => PromiseLike<unknown>;

/** Each request with what it asks of Redis, one after the other, once Redis knows the scripts. */
const REQUESTS: readonly [request: string, awaited: readonly string[], send: Write][] = [
  ['get', [RATE_LIMIT, SCRIPT], (cart) => cart.get().expect(200)],
  ['get that returns 304', [RATE_LIMIT, SCRIPT], (cart, _id, tag) => cart.get().set('If-None-Match', tag).expect(304)],
  ['count', [RATE_LIMIT, SCRIPT], (cart) => cart.count().expect(200)],
  ['add', [RATE_LIMIT, SCRIPT], (cart) => cart.add('laptop', 1, LAPTOP).expect(200)],
  ['keyed add', [RATE_LIMIT, SCRIPT], (cart) => withKey(cart.add('laptop'), 'k').expect(200)],
  ['update', [RATE_LIMIT, SCRIPT], (cart) => cart.update('laptop', 2).expect(200)],
  [
    'keyed, conditional update',
    [RATE_LIMIT, SCRIPT],
    (cart, _id, tag) => withKey(cart.update('laptop', 2), 'k').set('If-Match', tag).expect(200),
  ],
  ['remove', [RATE_LIMIT, SCRIPT], (cart) => cart.remove('laptop').expect(200)],
  ['clear', [RATE_LIMIT, SCRIPT], (cart) => cart.clear().expect(200)],
  ['save', [RATE_LIMIT, SCRIPT], (cart) => cart.save('laptop').expect(200)],
  ['restore', [RATE_LIMIT, SCRIPT], (cart) => cart.restore('mouse').expect(200)],
  [
    'batch without an add',
    [RATE_LIMIT, SCRIPT],
    (cart) => cart.batch({ op: 'remove', product_id: 'laptop' }).expect(200),
  ],
  ['batch of 50 adds', [RATE_LIMIT, SCRIPT], (cart) => cart.batch(...FIFTY_ADDS).expect(200)],
  ['reprice', [RATE_LIMIT, 'hkeys', SCRIPT], (cart) => cart.reprice().expect(200)],
  ['checkout', [RATE_LIMIT, 'hkeys', SCRIPT], (cart) => cart.checkout().expect(200)],
  ['reading a checkout', [RATE_LIMIT, SCRIPT], (cart, id) => cart.getCheckout(id).expect(200)],
  ['abandon', [RATE_LIMIT, SCRIPT], (cart, id) => cart.abandon(id).expect(204)],
  ['complete', [RATE_LIMIT, SCRIPT], (cart, id) => cart.complete(id, 'order').expect(200)],
];
const FIFTY_ADDS = Array.from({ length: 50 }, (_, index) => ({ op: 'add', product_id: `p-${index}`, quantity: 1 }));

async function awaitedDuring(action: () => PromiseLike<unknown>): Promise<string[]> {
  const commands = await commandsDuring(api.redis, action);
  return commands.filter(isAwaited).map(({ name }) => name);
}

function isAwaited({ name, args, byScript }: SeenCommand): boolean {
  return !byScript && name !== 'ping' && !args.some((key) => NOT_AWAITED.test(key));
}

describeOnOneServer(REASON, 'a request makes no more sequential Redis calls than necessary', () => {
  it.each(REQUESTS)('%s: %j', async (request, awaited, send) => {
    const name = request.replaceAll(/\W+/g, '-');
    const known = await filledCart(api.http, `known-${name}`);
    await send(known.cart, known.id, await known.cart.tag());
    const { cart, id } = await filledCart(api.http, name);
    const tag = await cart.tag();
    expect(await awaitedDuring(() => send(cart, id, tag))).toEqual(awaited);
  });

  it('reading an empty cart requests no product', async () => {
    const cart = new CartClient(api.http, 'empty');
    await cart.get().expect(200);
    expect(await awaitedDuring(() => cart.get())).toEqual([RATE_LIMIT, SCRIPT]);
  });

  it('a replay costs as much as the request itself', async () => {
    const cart = new CartClient(api.http, 'repeat');
    await withKey(cart.update('none', 0), 'k').expect(404);
    await cart.add('laptop').expect(200);
    await withKey(cart.update('laptop', 2), 'k').expect(200);
    expect(await awaitedDuring(() => withKey(cart.update('laptop', 2), 'k'))).toEqual([RATE_LIMIT, SCRIPT]);
  });
});

describeOnOneServer(REASON, 'products without a local copy are all requested at once', () => {
  const withoutCopies = useTestApp({ PRODUCT_LOCAL_MAX_ENTRIES: '0' });
  const ASKED: readonly [request: string, send: Write, awaited: readonly string[]][] = [
    ['add', (cart) => cart.add('p-0').expect(200), [RATE_LIMIT, 'mget', SCRIPT]],
    ['batch', (cart) => cart.batch(...FIFTY_ADDS).expect(200), [RATE_LIMIT, 'mget', SCRIPT]],
    ['get', (cart) => cart.get().expect(200), [RATE_LIMIT, SCRIPT, 'mget']],
    ['reprice', (cart) => cart.reprice().expect(200), [RATE_LIMIT, 'hkeys', 'mget', SCRIPT]],
  ];

  it.each(ASKED)('by %s', async (_request, send, awaited) => {
    const cart = new CartClient(withoutCopies.http, 'many');
    await cart.batch(...FIFTY_ADDS).expect(200);
    await send(cart, '', '');
    const commands = await commandsDuring(withoutCopies.redis, () => send(cart, '', ''));
    const names = commands.filter(isAwaited).map(({ name }) => name);
    // With each product's expiry, in the same round trip.
    expect(names.filter((name) => name !== 'pexpiretime')).toEqual(awaited);
  });
});
