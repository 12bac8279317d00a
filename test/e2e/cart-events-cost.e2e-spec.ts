import { CartClient } from '../support/cart-client.js';
import { eventId, historyUpTo, versionOf } from '../support/cart-history.js';
import { eventually } from '../support/eventually.js';
import type { EventStream } from '../support/event-stream.js';
import { itOnOneServer } from '../support/on-one-server.js';
import { commandsDuring } from '../support/redis-monitor.js';
import { useEventStreams } from '../support/use-event-streams.js';
import { useTestApp } from '../support/use-test-app.js';

const FOREIGN_ENTRIES = 100_000;
const CLIENTS = 5;
const CHANGES = 20;

const api = useTestApp();
const streams = useEventStreams();

beforeAll(async () => {
  const pipeline = api.redis.pipeline();
  const fields = ['type', 'add', 'user', 'crowd', 'version', '1', 'changes', '[["laptop",1,3]]', 'at', '1795425173687'];
  for (let index = 0; index < FOREIGN_ENTRIES; index += 1) pipeline.xadd('events:cart', '*', ...fields);
  await pipeline.exec();
});

/** A user after so many changes, whose first stream made the scripts known to Redis. */
async function changedCart(userId: string): Promise<void> {
  const first = await streams.follow(api, userId);
  first.close();
  await eventually(
    async () => api.redis.exists(`events:streams:${userId}`),
    (places) => places === 0,
  );
  const cart = new CartClient(api.http, userId);
  for (let version = 1; version <= CHANGES; version += 1) await cart.add('laptop').expect(200);
  await historyUpTo(api.redis, userId, CHANGES);
}

/** Five clients that come back at once, each of which missed all changes but the first. */
async function comeBack(userId: string): Promise<void> {
  const first = await eventId(api.redis, userId, 1);
  const back = await Promise.all(Array.from({ length: CLIENTS }, async () => streams.open(api, userId, first)));
  for (const stream of back) expect(await idsOf(stream)).toEqual(Array.from({ length: CHANGES }, (_, id) => id + 1));
}

async function idsOf(stream: EventStream): Promise<number[]> {
  return (await stream.take(CHANGES)).map(({ id }) => versionOf(id));
}

async function bytesSent(): Promise<number> {
  return Number(/total_net_output_bytes:(\d+)/.exec(await api.redis.info('stats'))?.[1]);
}

describe('five clients of one user that reconnect at once, alongside 100,000 changes by others', () => {
  const reason = 'the address limit and the user limit are separate scripts';
  itOnOneServer(reason, 'send Redis a few commands each, none of which reads the changes of others', async () => {
    await changedCart('frugal');
    const all = await commandsDuring(api.redis, async () => comeBack('frugal'));
    const commands = all.filter(({ name }) => name !== 'ping');
    const sent = commands.filter(({ byScript }) => !byScript);
    expect(sent.filter(({ args }) => args.includes('events:cart'))).toEqual([]);
    // The rate limit and the place, each a script, the channel, the version and the history.
    expect(sent.length).toBeLessThanOrEqual(CLIENTS * 5);
    expect(commands.length).toBeLessThanOrEqual(CLIENTS * 15);
  });

  it('read no more bytes from Redis than they are sent', async () => {
    await changedCart('light');
    const before = await bytesSent();
    await comeBack('light');
    expect((await bytesSent()) - before).toBeLessThan(CLIENTS * 8 * 1024);
  });
});
