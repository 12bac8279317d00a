import { Balancer } from '../support/balancer.js';
import { eventually } from '../support/eventually.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer } from '../support/tokens.js';

/** The deadline of production. */
const PRODUCTION = { REDIS_COMMAND_TIMEOUT_MS: '240' };

let redis: TestRedis;
beforeEach(async () => {
  redis = await TestRedis.start();
});
afterEach(async () => {
  await redis.stop();
});

async function untilReady(instance: TestApp, status: number): Promise<void> {
  await eventually(
    async () => (await instance.http.get('/health/ready')).status,
    (current) => current === status,
  );
}

describe('when all instances behind an ingress lose their shared Redis', () => {
  let instances: TestApp[];
  let ingress: Balancer;
  const ports = (): number[] => instances.map(({ url }) => Number(new URL(url).port));

  /** Two instances behind an ingress, and then no Redis. */
  async function loseRedis(readiness: string): Promise<void> {
    const settings = { ...PRODUCTION, READINESS_REDIS: readiness };
    instances = await Promise.all([startTestApp(redis, settings), startTestApp(redis, settings)]);
    ingress = await Balancer.start(ports());
    await untilSentTo(true);
    await redis.crash();
  }
  async function untilSentTo(isSent: boolean): Promise<void> {
    await eventually(
      async () => Promise.resolve(ports().map((port) => ingress.sendsTo(port))),
      (sent) => sent.every((each) => each === isSent),
    );
  }
  const getCart = async (): Promise<Response> =>
    fetch(`${ingress.url}/cart`, { headers: { authorization: bearer('shopper') } });

  afterEach(async () => {
    await ingress.stop();
    for (const instance of instances) await instance.close();
  });

  it('callers get a bare 503 from the ingress with READINESS_REDIS=strict', async () => {
    await loseRedis('strict');
    await untilSentTo(false);
    const response = await getCart();
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBeNull();
    expect(await response.text()).toBe('');
  });

  it('callers get the documented 503 with READINESS_REDIS=degraded', async () => {
    await loseRedis('degraded');
    for (const { http } of instances) {
      const { body } = await http.get('/health/ready').expect(200);
      expect(body).toEqual({ status: 'ready', checks: { redis: 'down', shutdown: 'up' } });
    }
    const response = await getCart();
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toMatch(/^[1-5]$/);
    expect(await response.json()).toMatchObject({ code: 'redis_unavailable' });
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });
});

describe('an instance with READINESS_REDIS=degraded', () => {
  let instance: TestApp;
  beforeEach(async () => {
    await redis.crash();
    instance = await startTestApp(redis, { ...PRODUCTION, READINESS_REDIS: 'degraded' });
  });
  afterEach(async () => instance.close());

  it('is not ready until it has had Redis once, and stays ready without it', async () => {
    const { body } = await instance.http.get('/health/ready').expect(503);
    expect(body).toEqual({ status: 'not_ready', checks: { redis: 'down', shutdown: 'up' } });
    await redis.restart();
    await untilReady(instance, 200);
    await redis.crash();
    await eventually(
      async () => (await instance.http.get('/health/ready').expect(200)).body,
      ({ checks }) => checks.redis === 'down',
    );
    await instance.http.get('/health').expect(503, { status: 'unhealthy' });
  });
});
