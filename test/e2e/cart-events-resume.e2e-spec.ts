import { CartClient } from '../support/cart-client.js';
import { eventId, historyKey, historyUpTo, versionOf, versionsOf } from '../support/cart-history.js';
import type { EventStream } from '../support/event-stream.js';
import { change, resumed, sync } from '../support/stream-messages.js';
import { startTestApp } from '../support/test-app.js';
import { useEventStreams } from '../support/use-event-streams.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const streams = useEventStreams();

/** A cart after so many changes: `p1`, `p2` and so on were added. */
async function cartAt(userId: string, version: number): Promise<CartClient> {
  const cart = new CartClient(api.http, userId);
  for (let index = 1; index <= version; index += 1) await cart.add(`p${index}`);
  return cart;
}

/** Opens the stream of a client that had the event of a version last. */
async function back(userId: string, version: number): Promise<EventStream> {
  return streams.open(api, userId, await eventId(api.redis, userId, version));
}

const added = (version: number) => change('add', version, [`p${version}`, 0, 1]);

describe('a client that reconnects with Last-Event-ID', () => {
  it('receives exactly what it missed while its instance restarted, then what follows', async () => {
    const before = await startTestApp(api.server);
    const first = await streams.open(before, 'restarted');
    expect(await first.next()).toEqual(sync(0));
    const cart = await cartAt('restarted', 1);
    const seen = await first.next();
    expect(seen).toEqual(added(1));

    await before.close();
    expect(await first.ended).toBe(true);
    await new CartClient(api.http, 'somebody-else').add('other');
    await cart.add('p2');
    await cart.update('p1', 5);
    await cart.add('p4');

    const after = await startTestApp(api.server);
    const second = await streams.open(after, 'restarted', seen.id);
    expect(await second.take(4)).toEqual([resumed(1), added(2), change('update', 3, ['p1', 1, 5]), added(4)]);
    await cart.add('p5');
    expect(await second.next()).toEqual(added(5));
    second.close();
    await after.close();
  });

  it('receives nothing again if it missed nothing', async () => {
    const cart = await cartAt('current', 2);
    const stream = await back('current', 2);
    expect(await stream.next()).toEqual(resumed(2));
    await cart.add('p3');
    expect(await stream.next()).toEqual(added(3));
  });

  it.each(['', 'x', '1', '.', 'x.', '-1.1', 'x.1e3', '.1', 'x.1', `x.${'9'.repeat(16)}`])(
    'receives the current version if the id is %j',
    async (lastEventId) => {
      const cart = await cartAt(`no-version-${lastEventId}`.slice(0, 20), 1);
      expect(await (await streams.open(api, cart.userId, lastEventId)).next()).toEqual(sync(1));
    },
  );

  it('receives the current version if it sends a version that the cart never had', async () => {
    await cartAt('future', 1);
    expect(await (await back('future', 2)).next()).toEqual(sync(1));
  });

  it('receives life and version if its cart has expired and a new one has as many versions or more', async () => {
    const cart = await cartAt('reborn', 2);
    const [first, last] = [await eventId(api.redis, 'reborn', 1), await eventId(api.redis, 'reborn', 2)];
    await api.redis.del('cart:reborn', '{cart:reborn}:meta');
    await cartAt('reborn', 2);
    const message = await (await streams.open(api, 'reborn', last)).next();
    expect(message).toEqual(sync(2));
    expect(message.id).not.toBe(last);
    await cart.add('p3');
    expect(await (await streams.open(api, 'reborn', first)).next()).toEqual(sync(3));
    expect(await (await streams.open(api, 'reborn', last)).next()).toEqual(sync(3));
  });

  it('receives all changes of a cart that was created while it was disconnected', async () => {
    const stream = await streams.open(api, 'begun');
    const { id } = await stream.next();
    stream.close();
    await cartAt('begun', 2);
    await historyUpTo(api.redis, 'begun', 2);
    expect(await (await streams.open(api, 'begun', id)).take(3)).toEqual([resumed(0), added(1), added(2)]);
  });

  it('receives the current version if the history does not go back far enough', async () => {
    const cart = await cartAt('trimmed', 2);
    await api.redis.del(historyKey('trimmed'));
    await cart.add('p3');
    expect(await (await back('trimmed', 1)).next()).toEqual(sync(3));
    expect(await (await back('trimmed', 2)).take(2)).toEqual([resumed(2), added(3)]);
  });

  it('receives the current version if one of the changes is missing', async () => {
    await cartAt('gap', 3);
    const [first = '', , third = ''] = await historyUpTo(api.redis, 'gap', 3);
    await api.redis.set(historyKey('gap'), `${first}\n${third}\n`);
    expect(await (await back('gap', 1)).next()).toEqual(sync(3));
    expect(await (await back('gap', 2)).take(2)).toEqual([resumed(2), added(3)]);
  });

  it('receives its changes in order, whatever the order they are stored in', async () => {
    await cartAt('disorder', 4);
    const [first = '', ...others] = await historyUpTo(api.redis, 'disorder', 4);
    await api.redis.set(historyKey('disorder'), `${[first, ...others.reverse()].join('\n')}\n`);
    const stream = await back('disorder', 1);
    expect(await stream.take(4)).toEqual([resumed(1), added(2), added(3), added(4)]);
  });

  it('is not disturbed by invalid lines', async () => {
    await cartAt('malformed', 1);
    const malformed = [
      '',
      '{',
      '[]',
      '{"user":"malformed"}',
      '{"type":"add","user":"malformed","version":"x","changes":[],"at":1}',
      '{"type":"add","user":"malformed","version":2,"changes":"[]","at":1}',
      '{"type":"add","user":"malformed","version":2,"changes":[["p"]],"at":1}',
      '{"type":"add","user":"malformed","version":2,"changes":[],"at":-1}',
    ];
    await new CartClient(api.http, 'malformed').add('p2');
    await historyUpTo(api.redis, 'malformed', 2);
    await api.redis.append(historyKey('malformed'), `${malformed.join('\n')}\n`);
    expect(await (await back('malformed', 1)).take(2)).toEqual([resumed(1), added(2)]);
  });

  it('receives the current version if it missed more than the history holds', async () => {
    const cart = await cartAt('much', 1);
    for (let version = 2; version <= 120; version += 1) await cart.update('p1', version).expect(200);
    const [oldest = 0, ...later] = versionsOf(await historyUpTo(api.redis, 'much', 120));
    expect(later.length).toBeGreaterThan(30);
    expect(await (await back('much', oldest - 2)).next()).toEqual(sync(120));
    const stream = await back('much', oldest - 1);
    expect((await stream.take(later.length + 2)).map(({ id }) => versionOf(id))).toEqual([
      oldest - 1,
      oldest,
      ...later,
    ]);
  });
});
