import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EventStream } from '../support/event-stream.js';
import { eventually } from '../support/eventually.js';
import { CartClient } from '../support/cart-client.js';
import { change } from '../support/stream-messages.js';
import { useTestApp } from '../support/use-test-app.js';

const USERS = Array.from({ length: 40 }, (_, index) => `crowd${index}`);
const STREAMS_A_USER = 5;

const api = useTestApp();

const channels = async (): Promise<number> => {
  const names = await api.redis.pubsub('CHANNELS', 'events:cart:*');
  return names.length;
};
/** The connections of this name. */
const clients = async (name: string): Promise<string[]> =>
  String(await api.redis.client('LIST'))
    .split('\n')
    .filter((line) => line.includes(`name=${name} `));

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

async function openAll(): Promise<EventStream[]> {
  const users = USERS.flatMap((user) => Array.from({ length: STREAMS_A_USER }, () => user));
  const streams = await Promise.all(users.map(async (user) => EventStream.open(api.url, user)));
  for (const stream of streams) await stream.next();
  return streams;
}

async function closeAll(streams: readonly EventStream[]): Promise<void> {
  for (const stream of streams) stream.close();
  await Promise.all(streams.map(async ({ ended }) => ended));
  await eventually(channels, (count) => count === 0);
}

describe('two hundred open streams', () => {
  it('share one connection to Redis and one channel per user, and each receives its changes', async () => {
    const streams = await openAll();
    expect(await clients('cartwright-subscriber')).toHaveLength(1);
    expect(await clients('cartwright')).toHaveLength(1);
    expect(await channels()).toBe(USERS.length);

    await Promise.all(USERS.map(async (user) => new CartClient(api.http, user).add(user)));
    for (const [index, stream] of streams.entries()) {
      const user = USERS[Math.floor(index / STREAMS_A_USER)] ?? '';
      expect(await stream.next()).toEqual(change('add', 1, [user, 0, 1]));
    }
    await closeAll(streams);
    expect(await clients('cartwright-subscriber')).toEqual([expect.stringContaining(' sub=0 ')]);
    await eventually(
      async () => api.redis.keys('events:streams:*'),
      (keys) => keys.length === 0,
    );
  });

  it('leave no memory in use after they close', async () => {
    await closeAll(await openAll());
    const before = heapUsed();
    const streams = await openAll();
    const open = heapUsed() - before;
    await closeAll(streams.splice(0));
    const left = await eventually(
      async () => Promise.resolve(heapUsed() - before),
      (bytes) => bytes < open / 4,
    );
    expect(left).toBeLessThan(open / 4);
  });
});
