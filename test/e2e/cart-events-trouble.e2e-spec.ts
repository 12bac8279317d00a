import { connect } from 'node:net';
import { once } from 'node:events';
import { CartClient } from '../support/cart-client.js';
import { eventually } from '../support/eventually.js';
import { growthOf } from '../support/growth.js';
import { expectProblem } from '../support/problems.js';
import { itOnOneServer } from '../support/on-one-server.js';
import { change, sync } from '../support/stream-messages.js';
import { startTestApp } from '../support/test-app.js';
import { bearer } from '../support/tokens.js';
import { useEventStreams } from '../support/use-event-streams.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ EVENTS_HEARTBEAT_SECONDS: '1' });
const streams = useEventStreams();
const growth = growthOf(api);

const subscribers = async (): Promise<string[]> =>
  String(await api.redis.client('LIST'))
    .split('\n')
    .filter((line) => line.includes('name=cartwright-subscriber'));

describe('a stream whose instance lost its subscription', () => {
  it('continues after a sync with the current version of the cart', async () => {
    const cart = new CartClient(api.http, 'killed');
    const tabs = [await streams.follow(api, 'killed'), await streams.follow(api, 'killed')];
    const stranger = await streams.follow(api, 'bystander');
    await cart.add('a');
    for (const tab of tabs) expect(await tab.next()).toEqual(change('add', 1, ['a', 0, 1]));

    await api.redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    for (const tab of tabs) expect(await tab.next()).toEqual(sync(1));
    expect(await stranger.next()).toEqual(sync(0));
    await cart.add('b');
    for (const tab of tabs) expect(await tab.next()).toEqual(change('add', 2, ['b', 0, 1]));
    expect(await subscribers()).toHaveLength(1);
  });

  itOnOneServer(
    'a node cannot be made a replica manually',
    'waits for the version while the server is a replica',
    async () => {
      const cart = new CartClient(api.http, 'early');
      await cart.add('a');
      const stream = await streams.follow(api, 'early');
      await api.redis.config('SET', 'replica-serve-stale-data', 'no');
      await api.redis.replicaof('127.0.0.1', 1);
      try {
        await api.redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
        await stream.heartbeat();
      } finally {
        await api.redis.replicaof('NO', 'ONE');
      }
      expect(await stream.next()).toEqual(sync(1));
      await cart.add('b').expect(200);
      expect(await stream.next()).toEqual(change('add', 2, ['b', 0, 1]));
    },
  );

  it('stays open while Redis is unavailable', async () => {
    const cart = new CartClient(api.http, 'away');
    await cart.add('a');
    const stream = await streams.follow(api, 'away');
    await api.server.crash();
    await stream.heartbeat();
    await stream.heartbeat();
    expectProblem(await api.http.get('/cart/events').set('Authorization', bearer('away')), 'redis_unavailable');
    await api.server.restart();
    expect(await stream.next()).toEqual(sync(1));
    await eventually(
      async () => (await cart.add('b')).status,
      (status) => status === 200,
    );
    expect((await stream.next()).event).toBe('change');
  });
});

describe('a change that the feed cannot store', () => {
  it('neither fails nor delays the write, and still reaches the streams', async () => {
    const cart = new CartClient(api.http, 'wrong-type');
    await cart.add('a');
    const stream = await streams.follow(api, 'wrong-type');
    await api.redis.set('events:cart', 'x');
    try {
      const startedAt = performance.now();
      await cart.add('b').expect(200);
      expect(performance.now() - startedAt).toBeLessThan(500);
      expect(await stream.next()).toEqual(change('add', 2, ['b', 0, 1]));
    } finally {
      await api.redis.del('events:cart');
    }
  });

  it('is counted as failed', async () => {
    await api.redis.set('events:cart', 'x');
    const add = async (): Promise<unknown> => new CartClient(api.http, 'not-fed').add('a').expect(200);
    try {
      expect(await growth('cartwright_events_published_total', { outcome: 'failed' }, add)).toBe(1);
    } finally {
      await api.redis.del('events:cart');
    }
  });
});

describe('data of another type', () => {
  const open = (userId: string) =>
    api.http.get('/cart/events').set('Authorization', bearer(userId)).set('Last-Event-ID', '.0');

  it('in place of a history affects only the history, and a client that resumes gets an error', async () => {
    const cart = new CartClient(api.http, 'no-history');
    await api.redis.rpush('{cart:no-history}:events', 'x');
    const stream = await streams.follow(api, 'no-history');
    const other = await streams.follow(api, 'with-history');
    await Promise.all([cart.add('a').expect(200), new CartClient(api.http, 'with-history').add('b').expect(200)]);
    expect(await stream.next()).toEqual(change('add', 1, ['a', 0, 1]));
    expect(await other.next()).toEqual(change('add', 1, ['b', 0, 1]));
    await eventually(
      async () => api.redis.xrevrange('events:cart', '+', '-', 'COUNT', 2),
      (entries) => entries.some(([, fields]) => fields.includes('no-history')),
    );
    expectProblem(await open('no-history'), 'foreign_data');
    expect(await api.redis.lrange('{cart:no-history}:events', 0, -1)).toEqual(['x']);
  });

  it.each(['{cart:foreign}:meta', 'events:streams:foreign'])('at %s returns foreign_data', async (key) => {
    await api.redis.set(key, 'x');
    expectProblem(await open('foreign'), 'foreign_data');
    await api.redis.del(key);
    await (await streams.follow(api, 'foreign')).heartbeat();
    await eventually(
      async () => api.redis.zcard('events:streams:foreign'),
      (places) => places === 1,
    );
  });

  it.each(['x', '1.5', 'Infinity', '-1', '9'.repeat(30)])('is not a version: %s', async (version) => {
    await api.redis.hset('{cart:no-version}:meta', { version, updated_at: version });
    const stream = await streams.open(api, 'no-version');
    expect(await stream.next()).toEqual(sync(0));
  });
});

describe('the stream of all changes', () => {
  it('contains the fields promised to its readers', async () => {
    await new CartClient(api.http, 'fields').add('a', 2).expect(200);
    const entry = await eventually(
      async () => (await api.redis.xrevrange('events:cart', '+', '-', 'COUNT', 1))[0]?.[1] ?? [],
      (fields) => fields.includes('fields'),
    );
    expect(entry).toEqual([
      ...['type', 'add', 'user', 'fields', 'life', expect.stringMatching(/^\w{8}$/), 'version', '1'],
      ...['changes', '[["a",0,2]]', 'at', String(api.clock.now())],
    ]);
  });

  it('keeps about EVENTS_MAXLEN of them', async () => {
    const small = await startTestApp(api.server, { EVENTS_MAXLEN: '50' });
    const cart = new CartClient(small.http, 'trimming');
    for (let index = 0; index < 300; index += 1) await cart.add('a');
    // Redis trims by whole nodes, of 100 entries each by default.
    expect(await api.redis.xlen('events:cart')).toBeLessThanOrEqual(150);
    expect(await api.redis.xlen('events:cart')).toBeGreaterThanOrEqual(50);
    await small.close();
  });
});

describe('a client that does not read', () => {
  it('is disconnected, and others continue', async () => {
    const reader = await streams.follow(api, 'unread');
    const { port } = new URL(api.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`GET /cart/events HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer('unread')}\r\n\r\n`);
    await once(socket, 'readable');
    socket.on('error', () => undefined);
    const text = 'x'.repeat(100_000);
    let version = 0;
    await eventually(
      async () => {
        version += 1;
        const message = { type: 'add', user: 'unread', version, changes: [[text, 0, 1]], at: version };
        await api.redis.publish('events:cart:unread', JSON.stringify(message));
        expect((await reader.next()).id).toBe(`.${version}`);
        return api.redis.zcard('events:streams:unread');
      },
      (places) => places === 1,
    );
    socket.destroy();
  });
});
