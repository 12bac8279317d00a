import { CartClient, LAPTOP, MOUSE, quantitiesOf } from '../support/cart-client.js';
import { guestOf, type GuestClient } from '../support/guest-client.js';
import { RedisProxy } from '../support/redis-proxy.js';
import { ServiceProcess } from '../support/service-process.js';
import { bearer, TEST_SECRET } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

/** The instance that lives: it prepares the carts, looks into them and merges once more. */
const api = useTestApp();

/** The keys of a merge's notes: each step of it uses one of them, and nothing else does. */
const STEP = /:offer\r\n|:merged:/;

/** How many steps Redis carries out before the process is killed. */
const DEATHS = [
  [0, 'before the first step'],
  [1, 'after the offer'],
  [2, 'after the user’s cart has the lines'],
  [3, 'after the merge is recorded as applied'],
  [4, 'after the guest’s cart has lost them, without a response'],
] as const;

/** A process of its own that merges, held up once Redis has carried out so many steps. */
interface HeldMerge {
  readonly service: ServiceProcess;
  readonly proxy: RedisProxy;
  readonly answer: Promise<Response>;
}

async function mergeAndHold(steps: number, user: CartClient, guest: GuestClient, strategy: string): Promise<HeldMerge> {
  const proxy = await RedisProxy.start(api.server.socket);
  const service = ServiceProcess.startProd({
    NODE_ENV: 'production',
    PORT: '0',
    REDIS_URL: proxy.url,
    REDIS_COMMAND_TIMEOUT_MS: '5000',
    JWT_SECRET: TEST_SECRET,
    SHUTDOWN_DRAIN_SECONDS: '0',
  });
  const [, at = ''] = await service.printed(/Listening on (http:[^"]+)"/);
  const held = proxy.holdAfter(steps, STEP);
  const answer = fetch(`${at}/cart/merge`, {
    method: 'POST',
    headers: { authorization: bearer(user.userId), 'content-type': 'application/json' },
    body: JSON.stringify({ guest_token: guest.token, strategy }),
  });
  answer.catch(() => undefined);
  await held;
  return { service, proxy, answer };
}

/** The same, and the process is killed there. */
async function mergeAndDie(steps: number, user: CartClient, guest: GuestClient, strategy: string): Promise<void> {
  const { service, proxy, answer } = await mergeAndHold(steps, user, guest, strategy);
  expect(await service.end('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
  await expect(answer).rejects.toThrow();
  await proxy.stop();
}

/** A user with 3 laptops and a bag, a guest with 2 mice and 5 laptops. Redis knows the scripts of a merge already. */
async function meet(name: string): Promise<{ user: CartClient; guest: GuestClient }> {
  const user = new CartClient(api.http, name);
  const guest = guestOf(api.http, `guest_${name}`);
  await user.add('laptop', 3, LAPTOP).expect(200);
  await user.add('bag', 1, { name: 'Bag', price: 40 }).expect(200);
  await guest.add('mouse', 2, MOUSE).expect(200);
  await guest.add('laptop', 5, LAPTOP).expect(200);
  return { user, guest };
}

const held = async (cart: CartClient): Promise<Record<string, number>> => quantitiesOf((await cart.get()).body);

beforeAll(async () => {
  const { user, guest } = await meet('first');
  await user.merge(guest.token).expect(200);
});

describe.each([
  ['sum', { laptop: 8, bag: 1, mouse: 2 }],
  ['max', { laptop: 5, bag: 1, mouse: 2 }],
  ['keep_user', { laptop: 3, bag: 1 }],
  ['keep_guest', { mouse: 2, laptop: 5 }],
])('a merge with %s whose process is killed', (strategy, merged) => {
  it.each(DEATHS)('at step %i, %s, is completed by the next one: once, and in full', async (steps) => {
    const { user, guest } = await meet(`${strategy}-${steps}`);
    await mergeAndDie(steps, user, guest, strategy);

    const wasApplied = steps >= 2;
    expect(await held(user)).toEqual(wasApplied ? merged : { laptop: 3, bag: 1 });
    expect(await held(guest)).toEqual(steps === 4 ? {} : { mouse: 2, laptop: 5 });

    const { body } = await user.merge(guest.token, strategy).expect(200);
    expect(quantitiesOf(body.cart)).toEqual(merged);
    expect(body.report).toHaveLength(strategy === 'keep_guest' ? 3 : 2);
    expect(await held(guest)).toEqual({});

    const again = await user.merge(guest.token, strategy).expect(200);
    expect(again.body).toEqual({ cart: body.cart, report: [] });
  });
});

describe('between a killed merge and the next one', () => {
  it.each(DEATHS)('(step %i, %s) the guest’s additions are merged, once', async (steps) => {
    const { user, guest } = await meet(`guest-adds-${steps}`);
    await mergeAndDie(steps, user, guest, 'sum');
    await guest.add('mouse', 1).expect(200);
    await guest.add('lamp', 4).expect(200);
    const { body } = await user.merge(guest.token).expect(200);
    expect(quantitiesOf(body.cart)).toEqual({ laptop: 8, bag: 1, mouse: 3, lamp: 4 });
    expect(await held(guest)).toEqual({});
  });

  it.each(DEATHS)('(step %i, %s) the user’s changes are kept', async (steps) => {
    const { user, guest } = await meet(`user-acts-${steps}`);
    await mergeAndDie(steps, user, guest, 'sum');
    await user.add('bag', 10).expect(200);
    await user.remove('laptop').expect(200);
    const { body } = await user.merge(guest.token).expect(200);
    const laptops = steps >= 2 ? {} : { laptop: 5 };
    expect(quantitiesOf(body.cart)).toEqual({ bag: 11, mouse: 2, ...laptops });
    expect(await held(guest)).toEqual({});
  });

  it.each(DEATHS)(
    '(step %i, %s) a new cart of the guest is not mistaken for the one that was offered',
    async (steps) => {
      const { user, guest } = await meet(`expired-${steps}`);
      await mergeAndDie(steps, user, guest, 'sum');
      await api.redis.del(`cart:${guest.userId}`, `{cart:${guest.userId}}:meta`);
      await guest.add('mouse', 1, MOUSE).expect(200);
      await guest.add('mouse', 1).expect(200);
      const { body } = await user.merge(guest.token).expect(200);
      const before = steps >= 2 ? { laptop: 8, bag: 1, mouse: 4 } : { laptop: 3, bag: 1, mouse: 2 };
      expect(quantitiesOf(body.cart)).toEqual(before);
    },
  );

  it.each(DEATHS)('(step %i, %s) another user receives what the first one did not', async (steps) => {
    const { user, guest } = await meet(`other-${steps}`);
    const other = new CartClient(api.http, `another-${steps}`);
    await mergeAndDie(steps, user, guest, 'sum');
    const { body } = await other.merge(guest.token).expect(200);
    expect(quantitiesOf(body.cart)).toEqual(steps >= 2 ? {} : { mouse: 2, laptop: 5 });
    expect(await held(user)).toEqual(steps >= 2 ? { laptop: 8, bag: 1, mouse: 2 } : { laptop: 3, bag: 1 });
    expect(await held(guest)).toEqual({});
  });
});

it('a stalled merge that continues after others replaced it adds nothing of what they have received', async () => {
  const { user, guest } = await meet('late');
  const other = new CartClient(api.http, 'meanwhile');
  const { service, proxy, answer } = await mergeAndHold(1, user, guest, 'sum');
  expect(quantitiesOf((await other.merge(guest.token).expect(200)).body.cart)).toEqual({ mouse: 2, laptop: 5 });
  proxy.release();
  expect(await (await answer).json()).toMatchObject({ cart: { count: 4, version: 2 }, report: [] });
  expect(await held(user)).toEqual({ laptop: 3, bag: 1 });
  expect(await held(other)).toEqual({ mouse: 2, laptop: 5 });
  await service.end('SIGTERM');
  await proxy.stop();
});
