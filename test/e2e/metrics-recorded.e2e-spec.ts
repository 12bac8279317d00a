import { request } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { CartClient } from '../support/cart-client.js';
import { cacheProduct } from '../support/cached-product.js';
import { eventually } from '../support/eventually.js';
import { growthOf } from '../support/growth.js';
import { Scrape } from '../support/scrape.js';
import { SessionClient } from '../support/session-client.js';
import { bearer } from '../support/tokens.js';
import { useEventStreams } from '../support/use-event-streams.js';
import { useTestApp } from '../support/use-test-app.js';

const RATE_LIMIT = 30;
const ADDRESS_LIMIT = 400;
const api = useTestApp({ RATE_LIMIT_MAX: String(RATE_LIMIT), RATE_LIMIT_ADDRESS_MAX: String(ADDRESS_LIMIT) });
const streams = useEventStreams();
const growth = growthOf(api);

describe('HTTP', () => {
  const DURATION = 'http_server_request_duration_seconds_count';

  it('a request is measured by method, route pattern and status', async () => {
    const labels = {
      http_request_method: 'DELETE',
      http_route: '/cart/remove/:product_id',
      http_response_status_code: '404',
    };
    expect(await growth(DURATION, labels, () => new CartClient(api.http, 'measured').remove('a').expect(404))).toBe(1);
  });

  it.each([
    ['without a route', '/nowhere', 'GET', { http_route: '', http_response_status_code: '404' }],
    ['with a method that is not known', '/cart', 'PURGE', { http_request_method: '_OTHER' }],
  ])('a request %s is measured', async (_case, path, method, labels) => {
    expect(await growth(DURATION, labels, () => fetch(`${api.url}${path}`, { method }))).toBe(1);
  });

  it('a request whose client leaves has no status, and is not active any more', async () => {
    const leave = async (): Promise<void> => {
      const body = { 'content-length': 100, 'content-type': 'application/json', authorization: bearer('leaves') };
      const leaving = request(`${api.url}/cart/add`, { method: 'POST', headers: body });
      leaving.on('error', () => undefined);
      leaving.write('{');
      await eventually(
        async () => (await Scrape.of(api.url)).valueOf('http_server_active_requests'),
        (active) => active >= 2,
      );
      leaving.destroy();
    };
    expect(await growth(DURATION, { http_route: '/cart/add', http_response_status_code: '' }, leave)).toBe(1);
    // The scrape itself is active.
    expect((await Scrape.of(api.url)).valueOf('http_server_active_requests')).toBe(1);
  });

  it('what the parser rejects is counted by code', async () => {
    const garbage = async (): Promise<void> => {
      const socket = connect(Number(new URL(api.url).port), '127.0.0.1').end('garbage\r\n\r\n');
      await once(socket.resume(), 'close');
    };
    const labels = { code: 'malformed_request' };
    expect(await growth('cartwright_http_malformed_requests_total', labels, garbage)).toBe(1);
  });
});

describe('carts', () => {
  const OPERATIONS = 'cartwright_cart_operations_total';

  it('operations are counted by their outcome', async () => {
    const cart = new CartClient(api.http, 'outcomes');
    const add = async (): Promise<unknown> => cart.add('a', 1).set('Idempotency-Key', 'key').expect(200);
    expect(await growth(OPERATIONS, { operation: 'add', outcome: 'ok' }, add)).toBe(1);
    expect(await growth(OPERATIONS, { operation: 'add', outcome: 'replayed' }, add)).toBe(1);
    expect(await growth(OPERATIONS, { operation: 'get', outcome: 'ok' }, async () => cart.get().expect(200))).toBe(1);
    const late = async (): Promise<unknown> => cart.clear().set('If-Match', '"another"').expect(412);
    expect(await growth(OPERATIONS, { operation: 'clear', outcome: 'version_mismatch' }, late)).toBe(1);
    const dry = async (): Promise<unknown> => cart.send(api.http.delete('/cart/clear?dry_run=true')).expect(200);
    expect(await growth(OPERATIONS, { operation: 'clear', outcome: 'dry_run' }, dry)).toBe(1);
    expect(await growth('cartwright_problems_total', { code: 'version_mismatch' }, late)).toBe(1);
  });

  it('an operation whose products cannot be looked up is counted, too', async () => {
    await api.redis.set('cart:broken', 'text');
    const fail = async (): Promise<unknown> => new CartClient(api.http, 'broken').reprice().expect(409);
    expect(await growth(OPERATIONS, { operation: 'reprice', outcome: 'foreign_data' }, fail)).toBe(1);
  });

  it('checkouts are counted by what became of them', async () => {
    const cart = new CartClient(api.http, 'buyer');
    await cart.add('a', 1, { name: 'A', price: 1 });
    let id = '';
    const create = async (): Promise<void> => {
      id = (await cart.checkout()).body.checkout_id;
    };
    const CHECKOUTS = 'cartwright_checkouts_total';
    expect(await growth(CHECKOUTS, { outcome: 'created' }, create)).toBe(1);
    expect(await growth(CHECKOUTS, { outcome: 'found' }, create)).toBe(1);
    expect(await growth(CHECKOUTS, { outcome: 'abandoned' }, async () => cart.abandon(id).expect(204))).toBe(1);
    await create();
    expect(await growth(CHECKOUTS, { outcome: 'completed' }, async () => cart.complete(id, 'order').expect(200))).toBe(
      1,
    );
    const reject = async (): Promise<unknown> => new CartClient(api.http, 'empty').checkout().expect(409);
    expect(await growth(OPERATIONS, { operation: 'checkout', outcome: 'cart_empty' }, reject)).toBe(1);
  });

  it('published changes, open streams and their lag are measured', async () => {
    const stream = await streams.follow(api, 'watcher');
    expect((await Scrape.of(api.url)).valueOf('cartwright_cart_streams')).toBe(1);
    const add = async (): Promise<unknown> => new CartClient(api.http, 'watcher').add('a').expect(200);
    expect(await growth('cartwright_events_published_total', { outcome: 'ok' }, add)).toBe(1);
    expect(await growth('cartwright_cart_stream_lag_seconds_count', {}, add)).toBe(1);
    stream.close();
    await eventually(
      async () => (await Scrape.of(api.url)).valueOf('cartwright_cart_streams'),
      (open) => open === 0,
    );
  });
});

it('sessions are counted', async () => {
  const EVENTS = 'cartwright_session_events_total';
  const sessions = new SessionClient(api.http, 'visitor');
  let id = '';
  const create = async (): Promise<void> => {
    id = await sessions.open();
  };
  const renew = async (): Promise<void> => {
    id = (await sessions.renew(id).expect(200)).body.session_id;
  };
  expect(await growth(EVENTS, { event: 'created' }, create)).toBe(1);
  expect(await growth(EVENTS, { event: 'renewed' }, renew)).toBe(1);
  expect(await growth(EVENTS, { event: 'ended' }, async () => sessions.end(id).expect(204))).toBe(1);
});

it('products are counted by the layer that had them', async () => {
  await cacheProduct(api.http, 'lamp', { name: 'Lamp', price: 1 });
  const read = (id: string) => async (): Promise<unknown> =>
    api.http.get(`/cache/product/${id}`).set('Authorization', bearer('reader'));
  const READS = 'cartwright_product_reads_total';
  expect(await growth(READS, { layer: 'redis' }, read('lamp'))).toBe(1);
  expect(await growth(READS, { layer: 'none' }, read('missing'))).toBe(1);
  expect((await Scrape.of(api.url)).valueOf('cartwright_product_origin_breaker', { state: 'closed' })).toBe(1);
});

describe('rejections by limits', () => {
  const REJECTIONS = 'cartwright_rate_limit_rejections_total';

  it('of a user are counted', async () => {
    const count = async (): Promise<unknown> => new CartClient(api.http, 'eager').count();
    for (let sent = 0; sent < RATE_LIMIT; sent += 1) await count();
    expect(await growth(REJECTIONS, { limit: 'user' }, count)).toBe(1);
  });

  it('of an address are counted', async () => {
    const flood = async (): Promise<void> => {
      for (let sent = 0; sent < ADDRESS_LIMIT; sent += 1)
        await fetch(`${api.url}/cart`, { headers: { authorization: bearer(`user-${sent}`) } });
    };
    expect(await growth(REJECTIONS, { limit: 'address' }, flood)).toBeGreaterThan(0);
  });
});
