import { CartClient } from '../support/cart-client.js';
import { ClusterRedis } from '../support/cluster-redis.js';
import { isReplay, withKey } from '../support/idempotency.js';
import { expectProblem } from '../support/problems.js';
import { SessionClient } from '../support/session-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let redis: ClusterRedis;
let api: TestApp;
beforeAll(async () => {
  redis = await ClusterRedis.start({ primaries: 1, replicas: true });
  api = await startTestApp(redis, { REDIS_MODE: 'cluster', REDIS_WAIT_REPLICAS: '1', REDIS_WAIT_TIMEOUT_MS: '100' });
});
afterAll(async () => {
  await api.close();
  await redis.stop();
});

const replica = () => redis.nodes[1] ?? redis.nodes[0];
const calls = async (): Promise<number> =>
  Number(/cmdstat_wait:calls=(\d+)/.exec(await redis.client.info('commandstats'))?.[1] ?? 0);

it('a write waits for its replica once, a read not at all', async () => {
  const cart = new CartClient(api.http, 'waiting');
  await cart.add('laptop', 1).expect(200);
  expect(await calls()).toBe(1);
  await cart.get().expect(200);
  await cart.count().expect(200);
  expect(await calls()).toBe(1);
});

it('writes of one tick wait together', async () => {
  const before = await calls();
  const users = Array.from({ length: 40 }, (_, index) => new CartClient(api.http, `together-${index}`));
  await Promise.all(users.map(async (cart) => cart.add('laptop', 1).expect(200)));
  expect((await calls()) - before).toBeLessThan(40);
});

describe('while the replica does not respond', () => {
  beforeAll(async () => replica().freeze());
  afterAll(async () => replica().thaw());

  it('a write is applied and returns 503; a retry does not apply it again, and returns 200 once the replica has it', async () => {
    const cart = new CartClient(api.http, 'unsure');
    const add = () => withKey(cart.add('laptop', 1), 'once');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const response = await add();
      expectProblem(response, 'write_not_replicated');
      expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    }
    await replica().thaw();
    const response = await add().expect(200);
    expect(isReplay(response)).toBe(true);
    expect(response.body.count).toBe(1);
    await replica().freeze();
  });

  it('reads are served', async () => {
    await new CartClient(api.http, 'reader').get().expect(200);
  });

  it('a session is not reported as created', async () => {
    expectProblem(await new SessionClient(api.http, 'unsure').create(), 'write_not_replicated');
  });
});
