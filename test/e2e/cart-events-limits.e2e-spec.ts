import { once } from 'node:events';
import { request } from 'node:http';
import { CartClient } from '../support/cart-client.js';
import { EventStream } from '../support/event-stream.js';
import { eventually } from '../support/eventually.js';
import { growthOf } from '../support/growth.js';
import { expectProblem } from '../support/problems.js';
import { change } from '../support/stream-messages.js';
import { startTestApp } from '../support/test-app.js';
import { bearer, claimsOf, signToken } from '../support/tokens.js';
import { useEventStreams } from '../support/use-event-streams.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ EVENTS_HEARTBEAT_SECONDS: '1', CORS_ORIGINS: 'https://shop.example' });
const streams = useEventStreams();
const growth = growthOf(api);

const placesOf = async (userId: string): Promise<number> => api.redis.zcard(`events:streams:${userId}`);

/** The answer to one more stream that is refused. */
const refused = async (userId: string) => api.http.get('/cart/events').set('Authorization', bearer(userId));

/** Tries until a place is free. */
async function comesIn(userId: string): Promise<void> {
  const status = await eventually(
    async () => {
      const attempt = await EventStream.attempt(api.url, userId);
      attempt.stream.close();
      return attempt.status;
    },
    (answered) => answered === 200,
  );
  expect(status).toBe(200);
}

describe('the open streams of a user', () => {
  it('are limited to five over all instances; another can open once one closes', async () => {
    const other = await startTestApp(api.server);
    const open = [];
    for (const instance of [api, other, api, other, api]) open.push(await streams.follow(instance, 'six'));
    const answer = await refused('six');
    expectProblem(answer, 'rate_limit_exceeded');
    expect(answer.headers['retry-after']).toBe('1');
    await streams.follow(api, 'seventh');

    open[1]?.close();
    await eventually(
      async () => placesOf('six'),
      (places) => places === 4,
    );
    await streams.follow(other, 'six');
    expectProblem(await refused('six'), 'rate_limit_exceeded');
    await other.close();
  });

  it('no longer count once the leases of a crashed instance expire', async () => {
    const [seconds] = await api.redis.time();
    for (const stream of ['a', 'b', 'c', 'd', 'e']) {
      await api.redis.zadd('events:streams:crashed', Number(seconds) * 1000 + 2000, stream);
    }
    expectProblem(await refused('crashed'), 'rate_limit_exceeded');
    await comesIn('crashed');
  });

  it('are counted if they are rejected', async () => {
    for (let open = 0; open < 5; open += 1) await streams.follow(api, 'counted-out');
    expect(await growth('cartwright_cart_streams_rejected_total', {}, async () => refused('counted-out'))).toBe(1);
  });

  it('count for longer than a lease while they are open', async () => {
    const stream = await streams.follow(api, 'kept');
    for (let beats = 0; beats < 4; beats += 1) await stream.heartbeat();
    expect(await placesOf('kept')).toBe(1);
    stream.close();
    await eventually(
      async () => placesOf('kept'),
      (places) => places === 0,
    );
  });

  it('no longer count if clients disconnect before the response, or send HEAD', async () => {
    for (let index = 0; index < 5; index += 1) {
      const hasty = request(`${api.url}/cart/events`, { headers: { authorization: bearer('hasty') } }).end();
      hasty.on('error', () => undefined);
      await once(hasty, 'finish');
      hasty.destroy();
    }
    await api.http.head('/cart/events').set('Authorization', bearer('hasty')).expect(200);
    await eventually(
      async () => [await placesOf('hasty'), await api.redis.pubsub('NUMSUB', 'events:cart:hasty')],
      ([places, subscribers]) => places === 0 && JSON.stringify(subscribers) === '["events:cart:hasty",0]',
    );
  });
});

describe('a stream ends', () => {
  it('when its token expires', async () => {
    const exp = Math.floor(api.clock.now() / 1000) + 2;
    const authorization = `Bearer ${signToken(claimsOf('expiring', { exp }))}`;
    const stream = await streams.follow(api, { authorization });
    const lasting = await streams.follow(api, 'expiring');
    expect(await stream.ended).toBe(true);
    await new CartClient(api.http, 'expiring').add('a');
    expect(await lasting.next()).toEqual(change('add', 1, ['a', 0, 1]));
  });

  it('when the session of its token ends', async () => {
    const { body } = await api.http.post('/session/create').set('Authorization', bearer('revoked')).send({});
    const authorization = `Bearer ${signToken(claimsOf('revoked', { sid: body.session_id }))}`;
    const stream = await streams.follow(api, { authorization });
    await stream.heartbeat();
    await api.http.delete(`/session/${body.session_id}`).set('Authorization', bearer('revoked')).expect(204);
    expect(await stream.ended).toBe(true);
  });

  it('at shutdown, without delaying it', async () => {
    const closing = await startTestApp(api.server);
    const open = [await streams.follow(closing, 'shutdown'), await streams.follow(closing, 'shutdown')];
    const startedAt = performance.now();
    await closing.close();
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(await Promise.all(open.map(async ({ ended }) => ended))).toEqual([true, true]);
    expect(await placesOf('shutdown')).toBe(0);
  });
});

describe('opening a stream', () => {
  it('counts as one request of the rate limit, however long it stays open', async () => {
    const stream = await streams.follow(api, 'counted');
    await new CartClient(api.http, 'counted').add('a');
    await stream.next();
    await stream.heartbeat();
    expect(await api.redis.get('rate_limit:counted')).toBe('2');
  });

  it('is allowed for scripts of configured origins, with the stream’s headers', async () => {
    const { headers } = await api.http
      .options('/cart/events')
      .set('Origin', 'https://shop.example')
      .set('Access-Control-Request-Method', 'GET')
      .set('Access-Control-Request-Headers', 'authorization,last-event-id')
      .expect(204);
    expect(headers['access-control-allow-headers']).toBe('authorization,last-event-id');
  });
});
