import { setTimeout as delay } from 'node:timers/promises';
import type { Response } from 'supertest';
import { CartClient, LAPTOP } from '../support/cart-client.js';
import { eventually } from '../support/eventually.js';
import { expectProblem } from '../support/problems.js';
import { itOnOneServer } from '../support/on-one-server.js';
import { startTestApp } from '../support/test-app.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

/** The deadline of production, not the patient one of the other tests. */
const PRODUCTION = { REDIS_COMMAND_TIMEOUT_MS: '240' };
const api = useTestApp(PRODUCTION);
const cart = (): CartClient => new CartClient(api.http, 'steady');

async function timed(request: PromiseLike<Response>): Promise<{ response: Response; milliseconds: number }> {
  const startedAt = performance.now();
  const response = await request;
  return { response, milliseconds: performance.now() - startedAt };
}

async function untilReady(): Promise<void> {
  await eventually(
    async () => (await api.http.get('/health/ready')).status,
    (status) => status === 200,
  );
}

async function expectAllUnavailable(): Promise<void> {
  const requests = [
    cart().get(),
    cart().add('laptop', 1, LAPTOP),
    cart().clear(),
    api.http.get('/session/x').set('Authorization', bearer('steady')),
    api.http.get('/cache/product/x').set('Authorization', bearer('steady')),
    api.http.get('/redis/info').set('Authorization', bearer('steady', 'ops')),
    api.http.post('/auth/guest'),
  ];
  for (const { response, milliseconds } of await Promise.all(requests.map(timed))) {
    expectProblem(response, 'redis_unavailable');
    expect(response.headers['retry-after']).toMatch(/^[1-5]$/);
    expect(response.text).not.toMatch(/ECONN|ENOENT|ioredis|\.sock|stream/i);
    expect(milliseconds).toBeLessThan(1000);
  }
}

async function expectNotReadyButAlive(): Promise<void> {
  expect((await api.http.get('/health/live').expect(200)).body).toEqual({ status: 'alive' });
  const { response, milliseconds } = await timed(api.http.get('/health/ready').expect(503));
  expect(response.body).toEqual({ status: 'not_ready', checks: { redis: 'down', shutdown: 'up' } });
  expect(milliseconds).toBeLessThan(500);
  expect((await api.http.get('/health').expect(503)).body).toEqual({ status: 'unhealthy' });
  const details = await api.http.get('/health').set('Authorization', bearer('operator', 'ops')).expect(503);
  expect(details.body).toMatchObject({ status: 'unhealthy', redis: { connected: false, version: null } });
}

describe('while Redis is stopped', () => {
  beforeAll(async () => {
    await cart().add('laptop', 2, LAPTOP).expect(200);
    await api.server.crash();
  });

  it('every request that needs it gets 503 within a second', expectAllUnavailable);

  it('the process is alive and not ready', expectNotReadyButAlive);

  it('still rejects requests without a token', async () => {
    expectProblem(await api.http.get('/cart'), 'missing_token');
  });

  it('recovers without a restart when Redis is back, and has kept the cart', async () => {
    await api.server.restart();
    await untilReady();
    const { body } = await cart().add('laptop', 1).expect(200);
    expect(body).toMatchObject({ count: 3, version: 2 });
  });
});

describe('while Redis hangs', () => {
  beforeAll(async () => {
    await untilReady();
    await api.server.freeze();
  });
  afterAll(async () => {
    await api.server.thaw();
  });

  it('every request that needs it gets 503 within a second', expectAllUnavailable);

  it('so does a burst of requests', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => timed(cart().get())));
    for (const { response, milliseconds } of answers) {
      expect(response.status).toBe(503);
      expect(milliseconds).toBeLessThan(1000);
    }
  });

  it('the process is alive and not ready', expectNotReadyButAlive);

  it('recovers without a restart when Redis responds again', async () => {
    await api.server.thaw();
    await untilReady();
    await cart().get().expect(200);
  });
});

describe('a Redis that is busy for longer than the deadline of a command', () => {
  /** The connections of the service: their ids are never used again. */
  const connections = async (): Promise<string[]> => {
    const list = String(await api.redis.client('LIST'));
    return Array.from(list.matchAll(/^id=(\d+) .* name=(cartwright\S*) /gm), ([, id, name]) => `${name} ${id}`).sort();
  };

  const reason = 'a rate limit that is not counted in time does not fail a request';
  itOnOneServer(reason, 'fails the requests that wait too long, but closes no connection', async () => {
    await untilReady();
    await cart().get().expect(200);
    // What listens connects by itself, later than the service begins to serve.
    const before = await eventually(connections, (open) => open.length === 2);
    await api.server.freeze();
    const waiting = Promise.all(Array.from({ length: 20 }, () => timed(cart().get())));
    await delay(400);
    await api.server.thaw();
    for (const { response, milliseconds } of await waiting) {
      expectProblem(response, 'redis_unavailable');
      expect(milliseconds).toBeLessThan(1000);
    }
    await cart().get().expect(200);
    expect(await connections()).toEqual(before);
  });
});

describe('a stop during traffic', () => {
  it('loses no acknowledged add, and every request gets a response', async () => {
    const shopper = new CartClient(api.http, 'traffic');
    const statuses: number[] = [];
    let stopped = false;
    const traffic = Promise.all(
      Array.from({ length: 8 }, async (_, client) => {
        while (!stopped) {
          const { response, milliseconds } = await timed(shopper.add(`laptop-${client}`, 1, LAPTOP));
          statuses.push(response.status);
          if (response.status === 503) expect(milliseconds).toBeLessThan(1000);
        }
      }),
    );
    await eventually(
      async () => Promise.resolve(statuses.length),
      (count) => count > 50,
    );
    await api.server.crash();
    await eventually(
      async () => Promise.resolve(statuses.at(-1)),
      (status) => status === 503,
    );
    await expectNotReadyButAlive();
    await api.server.restart();
    await untilReady();
    stopped = true;
    await traffic;

    const acknowledged = statuses.filter((status) => status === 200).length;
    const { body } = await shopper.get().expect(200);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    // A request that was cut off may have been carried out: one for each of the eight clients.
    expect(body.count).toBeGreaterThanOrEqual(acknowledged);
    expect(body.count).toBeLessThanOrEqual(acknowledged + 8);
  });
});

describe('a Redis without the configured database', () => {
  it('is never used with another database', async () => {
    await api.redis.del('rate_limit:address/127.0.0.1');
    const misled = await startTestApp({ url: `${api.server.url}?db=99` }, PRODUCTION);
    try {
      await misled.http.get('/health/ready').expect(503);
      expectProblem(await misled.http.post('/auth/guest'), 'redis_unavailable');
      expect(await api.redis.exists('rate_limit:address/127.0.0.1')).toBe(0);
    } finally {
      await misled.close();
    }
  });
});

describe('a start without Redis', () => {
  it('succeeds, reports that it is not ready, and is ready when Redis becomes available', async () => {
    await api.server.crash();
    const early = await startTestApp(api.server, PRODUCTION);
    try {
      await early.http.get('/health/live').expect(200);
      await early.http.get('/health/ready').expect(503);
      await api.server.restart();
      await eventually(
        async () => (await early.http.get('/health/ready')).status,
        (status) => status === 200,
      );
    } finally {
      await early.close();
    }
  });
});
