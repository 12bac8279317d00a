import { randomBytes } from 'node:crypto';
import { ClusterRedis } from '../support/cluster-redis.js';
import { eventually } from '../support/eventually.js';
import { SessionClient } from '../support/session-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** The application on a Redis Cluster, which refuses every script and command that touches two slots. */
let redis: ClusterRedis;
let api: TestApp;

beforeAll(async () => {
  redis = await ClusterRedis.start();
  api = await startTestApp(redis, { SESSION_MAX_PER_USER: '3' });
});
afterAll(async () => {
  await api.close();
  await redis.stop();
});

describe('sessions in a cluster', () => {
  it('are created, limited, listed, changed, renewed and ended', async () => {
    const client = new SessionClient(api.http, 'user');
    const ids: string[] = [];
    for (let opened = 0; opened < 4; opened += 1) {
      api.clock.advance(1);
      ids.push(await client.open());
    }
    const [, second = '', third = '', fourth = ''] = ids;
    expect(await client.ids()).toEqual([fourth, third, second]);
    await client.patch(second, { data: { a: 1 } }).expect(200);
    const { body } = await client.renew(third).expect(200);
    await client.end(fourth).expect(204);
    expect((await client.ids()).toSorted()).toEqual([second, body.session_id].toSorted());
    expect((await client.endAll({ except: second }).expect(200)).body).toEqual({ revoked: 1 });
    expect(await client.ids()).toEqual([second]);
  });

  it('that are gone by the thousands are removed from the index', async () => {
    const client = new SessionClient(api.http, 'long-gone');
    const id = await client.open();
    const gone = Array.from({ length: 3000 }, (_, index) => [index, randomBytes(32).toString('base64url')]).flat();
    await redis.client.zadd('sessions:long-gone', ...gone);
    api.clock.advance(1);
    const newest = await client.open();
    expect(await client.ids()).toEqual([newest, id]);
    await eventually(
      async () => redis.client.zcard('sessions:long-gone'),
      (count) => count === 2,
    );
  });

  it('bind tokens', async () => {
    const { body } = await new SessionClient(api.http, 'bound').create({ bind: true }).expect(201);
    const client = new SessionClient(api.http, 'bound', `Bearer ${body.access_token}`);
    expect(await client.ids()).toEqual([body.session_id]);
    await client.end(body.session_id).expect(204);
    await client.list().expect(401);
  });

  it('are checked before anything is counted', async () => {
    const { body } = await new SessionClient(api.http, 'checked').create({ bind: true }).expect(201);
    const client = new SessionClient(api.http, 'checked', `Bearer ${body.access_token}`);
    await client.list().expect(200);
    await client.end(body.session_id).expect(204);
    const counters = ['rate_limit:checked', 'rate_limit:ceiling/127.0.0.1'];
    const before = await Promise.all(counters.map(async (counter) => redis.client.get(counter)));
    expect(before[0]).toBe('3');
    for (const answer of await Promise.all([client.list(), client.list(), client.list()])) {
      expect(answer.status).toBe(401);
    }
    expect(await Promise.all(counters.map(async (counter) => redis.client.get(counter)))).toEqual(before);
  });
});

describe('the limits in a cluster', () => {
  it('apply to an address and to a user, the address first', async () => {
    await redis.client.del('rate_limit:ceiling/127.0.0.1');
    const strict = await startTestApp(redis, { RATE_LIMIT_MAX: '2', RATE_LIMIT_ADDRESS_MAX: '4' });
    const statusesOf = async (userId: string): Promise<number[]> => {
      const answers = [];
      for (let request = 0; request < 3; request += 1)
        answers.push(await new SessionClient(strict.http, userId).list());
      return answers.map(({ status }) => status);
    };
    expect(await statusesOf('first')).toEqual([200, 200, 429]);
    expect(await statusesOf('second')).toEqual([200, 429, 429]);
    expect(await redis.client.get('rate_limit:second')).toBe('1');
    await strict.close();
  });
});
