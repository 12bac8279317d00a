import { once } from 'node:events';
import type { Redis } from 'ioredis';
import { RedisTime, requestScope } from '#runtime';
import { metricValue } from '../../../test/support/metric-values.js';
import { TestRedis } from '../../../test/support/test-redis.js';
import { createRedis, type RedisClient } from './client/redis.client.js';
import { TickBatch, type ResultOf } from './tick-batch.js';

let server: TestRedis;
let redis: RedisClient;
beforeAll(async () => {
  server = await TestRedis.start();
  const address = { socket: server.socket };
  redis = createRedis({ address, username: undefined, password: undefined, database: 0, commandTimeoutMs: 5000 });
  await once(redis, 'ready');
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** A batch that doubles numbers, with the questions that were asked together. */
function doubling(client: RedisClient | Redis = redis) {
  const asked: (readonly number[])[] = [];
  const batch = new TickBatch<number, number>('double', client, async (questions) => {
    asked.push(questions);
    const doubled = await Promise.all(questions.map(async (question) => client.incrby(`n:${question}`, 2 * question)));
    return (index) => doubled[index] ?? NaN;
  });
  return { batch, asked };
}

describe('requests issued in one tick', () => {
  it('are sent together, and each gets its own result', async () => {
    const { batch, asked } = doubling();
    await expect(Promise.all([1, 2, 3].map(async (number) => batch.add(number)))).resolves.toEqual([2, 4, 6]);
    expect(asked).toEqual([[1, 2, 3]]);
  });

  it('are also batched with a client that does not buffer writes', async () => {
    const { batch, asked } = doubling(server.client);
    await expect(Promise.all([4, 5].map(async (number) => batch.add(number)))).resolves.toEqual([8, 10]);
    expect(asked).toEqual([[4, 5]]);
  });

  it('are sent apart from those of the next tick', async () => {
    const { batch, asked } = doubling();
    const first = batch.add(6);
    await new Promise(setImmediate);
    await Promise.all([first, batch.add(7)]);
    expect(asked).toEqual([[6], [7]]);
  });

  it('are split into batches of 100', async () => {
    const { batch, asked } = doubling();
    await Promise.all(numbers(250).map(async (number) => batch.add(1000 + number)));
    expect(asked.map(({ length }) => length)).toEqual([100, 100, 50]);
  });

  it('are measured by their number in a batch', async () => {
    const upTo = async (items: string): Promise<number> =>
      metricValue('cartwright_redis_items_per_batch', { le: items });
    const { batch } = doubling();
    const before = { two: await upTo('2'), four: await upTo('4'), all: await upTo('+Inf') };
    await Promise.all(numbers(3).map(async (number) => batch.add(2000 + number)));
    expect(await upTo('2')).toBe(before.two);
    expect(await upTo('4')).toBe(before.four + 1);
    expect(await upTo('+Inf')).toBe(before.all + 1);
  });
});

describe('a batch of several requests', () => {
  const scopeOf = (isSampled: boolean) => ({ redis: new RedisTime(), trace: undefined, isSampled });

  it('runs in the scope of the first sampled one, and counts the waiting of each', async () => {
    const scopes = [scopeOf(false), scopeOf(true), scopeOf(true)] as const;
    let ran: unknown;
    const batch = new TickBatch<number, number>('double', redis, async () => {
      ran = requestScope.getStore();
      await redis.ping();
      return (index) => index;
    });
    await Promise.all(scopes.map(async (scope) => requestScope.run(scope, async () => batch.add(1))));
    expect(ran).toBe(scopes[1]);
    expect(scopes.map(({ redis: { ms } }) => ms > 0)).toEqual([true, true, true]);
  });

  it('runs in the scope of the first one if none of them is sampled, whatever was sent before', async () => {
    const scopes = [scopeOf(false), scopeOf(false)] as const;
    let ran: unknown;
    const batch = new TickBatch<number, number>('double', redis, async () => {
      ran = requestScope.getStore();
      return Promise.resolve((index) => index);
    });
    const before = requestScope.run(scopeOf(true), async () => redis.ping());
    await Promise.all([before, ...scopes.map(async (scope) => requestScope.run(scope, async () => batch.add(1)))]);
    expect(ran).toBe(scopes[0]);
  });
});

describe('if requests of one batch fail', () => {
  const settled = async (ask: (questions: readonly number[]) => Promise<ResultOf<number>>) => {
    const batch = new TickBatch<number, number>('double', redis, ask);
    return Promise.allSettled([1, 2, 3].map(async (number) => batch.add(number)));
  };
  const fulfilled = (value: number) => ({ status: 'fulfilled', value });

  it('only the one with an error is rejected', async () => {
    const reason = new Error('not this one');
    const answers = await settled(async (questions) =>
      Promise.resolve((index) => {
        if (questions[index] === 2) throw reason;
        return questions[index] ?? NaN;
      }),
    );
    expect(answers).toEqual([fulfilled(1), { status: 'rejected', reason }, fulfilled(3)]);
  });

  it('all are rejected if Redis is unavailable', async () => {
    const reason = new Error('Redis is away');
    const answers = await settled(async () => Promise.reject(reason));
    expect(answers).toEqual(Array(3).fill({ status: 'rejected', reason }));
  });

  it('each is sent by itself if a cluster has them in several slots', async () => {
    const answers = await settled(async (questions) => {
      if (questions.length === 1 && questions[0] !== 2) return Promise.resolve(() => questions[0] ?? NaN);
      const refused = new Error(
        questions.length === 1 ? 'WRONGTYPE' : "CROSSSLOT Keys in request don't hash to the same slot",
      );
      refused.name = 'ReplyError';
      throw refused;
    });
    expect(answers).toMatchObject([fulfilled(1), { reason: { message: 'WRONGTYPE' } }, fulfilled(3)]);
  });
});
