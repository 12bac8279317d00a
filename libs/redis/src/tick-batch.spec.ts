import { once } from 'node:events';
import type { Redis } from 'ioredis';
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
  const batch = new TickBatch<number, number>(client, async (questions) => {
    asked.push(questions);
    const doubled = await Promise.all(questions.map(async (question) => client.incrby(`n:${question}`, 2 * question)));
    return (index) => doubled[index] ?? NaN;
  });
  return { batch, asked };
}

describe('what is asked in one tick', () => {
  it('is asked together, and each gets its own answer', async () => {
    const { batch, asked } = doubling();
    await expect(Promise.all([1, 2, 3].map(async (number) => batch.add(number)))).resolves.toEqual([2, 4, 6]);
    expect(asked).toEqual([[1, 2, 3]]);
  });

  it('goes by itself with a client that holds nothing back', async () => {
    const { batch, asked } = doubling(server.client);
    await expect(Promise.all([4, 5].map(async (number) => batch.add(number)))).resolves.toEqual([8, 10]);
    expect(asked).toEqual([[4, 5]]);
  });

  it('is apart from what is asked in the next', async () => {
    const { batch, asked } = doubling();
    const first = batch.add(6);
    await new Promise(setImmediate);
    await Promise.all([first, batch.add(7)]);
    expect(asked).toEqual([[6], [7]]);
  });

  it('is asked by hundreds where it is more', async () => {
    const { batch, asked } = doubling();
    await Promise.all(numbers(250).map(async (number) => batch.add(1000 + number)));
    expect(asked.map(({ length }) => length)).toEqual([100, 100, 50]);
  });
});

describe('of those who ask together', () => {
  const settled = async (ask: (questions: readonly number[]) => Promise<ResultOf<number>>) => {
    const batch = new TickBatch<number, number>(redis, ask);
    return Promise.allSettled([1, 2, 3].map(async (number) => batch.add(number)));
  };
  const fulfilled = (value: number) => ({ status: 'fulfilled', value });

  it('only that one fails whose answer is an error', async () => {
    const reason = new Error('not this one');
    const answers = await settled(async (questions) =>
      Promise.resolve((index) => {
        if (questions[index] === 2) throw reason;
        return questions[index] ?? NaN;
      }),
    );
    expect(answers).toEqual([fulfilled(1), { status: 'rejected', reason }, fulfilled(3)]);
  });

  it('all fail where Redis cannot be asked', async () => {
    const reason = new Error('Redis is away');
    const answers = await settled(async () => Promise.reject(reason));
    expect(answers).toEqual(Array(3).fill({ status: 'rejected', reason }));
  });

  it('each is asked for by itself where a cluster has them in several slots', async () => {
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
