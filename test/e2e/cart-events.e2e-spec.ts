import { CartClient } from '../support/cart-client.js';
import { change, sync } from '../support/stream-messages.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { useEventStreams } from '../support/use-event-streams.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ EVENTS_HEARTBEAT_SECONDS: '1' });
const streams = useEventStreams();

describe('a stream of cart events', () => {
  let other: TestApp;
  beforeAll(async () => {
    other = await startTestApp(api.server);
  });
  afterAll(async () => other.close());

  it('starts with the current version of the cart', async () => {
    const cart = new CartClient(api.http, 'begins');
    expect(await (await streams.open(api, 'begins')).next()).toEqual(sync(0));
    await cart.add('a');
    await cart.add('b');
    const stream = await streams.open(api, 'begins');
    expect(stream.response.headers['content-type']).toBe('text/event-stream');
    expect(stream.response.headers['x-ratelimit-remaining']).toBeDefined();
    expect(await stream.next()).toEqual(sync(2));
  });

  it('shows each change to every client of its user, on any instance, and to no one else', async () => {
    const tabs = [await streams.follow(api, 'shared'), await streams.follow(other, 'shared')];
    const stranger = await streams.follow(other, 'stranger');
    await new CartClient(api.http, 'shared').add('from-one', 2);
    await new CartClient(other.http, 'shared').add('from-other', 3);
    for (const tab of tabs) {
      expect(await tab.take(2)).toEqual([change('add', 1, ['from-one', 0, 2]), change('add', 2, ['from-other', 0, 3])]);
    }
    await new CartClient(api.http, 'stranger').add('own');
    expect(await stranger.next()).toEqual(change('add', 1, ['own', 0, 1]));
  });

  it('reports the operation and the quantities before and after', async () => {
    const cart = new CartClient(api.http, 'kinds');
    const stream = await streams.follow(api, 'kinds');
    await cart.add('a', 2);
    await cart.add('a', 3);
    await cart.update('a', 4);
    await cart.remove('a');
    await cart.add('b');
    await cart.send(api.http.post('/cart/batch')).send({
      operations: [
        { op: 'add', product_id: 'c', quantity: 2 },
        { op: 'remove', product_id: 'b' },
      ],
    });
    await cart.clear();
    expect(await stream.take(7)).toEqual([
      change('add', 1, ['a', 0, 2]),
      change('add', 2, ['a', 2, 5]),
      change('update', 3, ['a', 5, 4]),
      change('remove', 4, ['a', 4, 0]),
      change('add', 5, ['b', 0, 1]),
      change('batch', 6, ['c', 0, 2], ['b', 1, 0]),
      change('clear', 7, ['c', 2, 0]),
    ]);
  });

  it('sends nothing for a request that changed nothing', async () => {
    const cart = new CartClient(api.http, 'silent');
    const stream = await streams.follow(api, 'silent');
    await cart.clear();
    await cart.update('a', 1);
    await cart.add('a', 1001);
    await cart.add('b');
    expect(await stream.next()).toEqual(change('add', 1, ['b', 0, 1]));
  });

  it('sends a heartbeat every EVENTS_HEARTBEAT_SECONDS', async () => {
    const stream = await streams.open(api, 'heartbeat');
    const openedAt = performance.now();
    await stream.heartbeat();
    await stream.heartbeat();
    expect(performance.now() - openedAt).toBeGreaterThan(1800);
    expect(performance.now() - openedAt).toBeLessThan(5000);
  });

  it('skips a change that arrives after a later one', async () => {
    const stream = await streams.follow(api, 'late');
    const message = (version: number): string =>
      JSON.stringify({ type: 'add', user: 'late', version, changes: [['p', 0, 1]], at: 1000 + version });
    for (const version of [1, 3, 2, 4]) await api.redis.publish('events:cart:late', message(version));
    const versions = (await stream.take(3)).map(({ id }) => id);
    expect(versions).toEqual(['.1', '.3', '.4']);
  });

  it('continues if the cart has expired and its versions start again', async () => {
    const cart = new CartClient(api.http, 'expired');
    await cart.add('a');
    await cart.add('a');
    const stream = await streams.follow(api, 'expired');
    await api.redis.del('cart:expired', '{cart:expired}:meta');
    api.clock.advance(1);
    await cart.add('b');
    expect(await stream.next()).toEqual(change('add', 1, ['b', 0, 1]));
  });

  it('is not disturbed by invalid messages', async () => {
    const stream = await streams.follow(api, 'nonsense');
    for (const text of ['', '{', '[]', '{"type":"add","user":"nonsense","version":"x"}', 'null']) {
      await api.redis.publish('events:cart:nonsense', text);
    }
    await new CartClient(api.http, 'nonsense').add('a');
    expect(await stream.next()).toEqual(change('add', 1, ['a', 0, 1]));
  });
});
