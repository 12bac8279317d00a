import { CartClient, LAPTOP } from '../support/cart-client.js';
import { withKey } from '../support/idempotency.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

describe('?dry_run=true', () => {
  it('returns what would be, and writes and records nothing', async () => {
    const cart = cartOf('dry');
    await cart.add('laptop', 1, LAPTOP).expect(200);
    const before = await cart.get();
    const would = await withKey(cart.send(api.http.post('/cart/add?dry_run=true')), 'k').send({
      product_id: 'laptop',
      quantity: 2,
    });
    expect(would.body).toMatchObject({ count: 3, version: 2 });
    expect(would.headers).not.toHaveProperty('etag');
    expect((await cart.get()).body).toEqual(before.body);
    expect((await api.redis.keys('*dry*')).filter((key) => !key.startsWith('metrics:')).toSorted()).toEqual(
      ['cart:dry', '{cart:dry}:events', '{cart:dry}:meta', 'rate_limit:dry'].toSorted(),
    );
    const done = await withKey(cart.send(api.http.post('/cart/add')), 'k').send({ product_id: 'laptop', quantity: 2 });
    expect(done.headers).not.toHaveProperty('idempotency-replayed');
    expect({ ...done.body, expires_at: null }).toEqual({ ...would.body, expires_at: null });
  });

  it('returns the problem that there would be', async () => {
    const response = await cartOf('dry').send(api.http.delete('/cart/remove/none?dry_run=true'));
    expectProblem(response, 'cart_item_not_found');
    const wrong = await cartOf('dry').send(api.http.delete('/cart/clear?dry_run=maybe'));
    expect(fieldsOf(wrong)).toEqual(['dry_run']);
  });

  it.each(['checkout', 'clear', 'reprice', 'batch', 'save', 'put'])('of %s leaves every key as it is', async (name) => {
    const cart = cartOf(`dry-${name}`);
    await cart.add('laptop', 1, LAPTOP).expect(200);
    const requests = {
      checkout: () => api.http.post('/cart/checkout?dry_run=true').send({}),
      clear: () => api.http.delete('/cart/clear?dry_run=true'),
      reprice: () => api.http.post('/cart/reprice?dry_run=true'),
      batch: () => api.http.post('/cart/batch?dry_run=true').send({ operations: [{ op: 'save', line_id: 'laptop' }] }),
      save: () => api.http.post('/cart/save/laptop?dry_run=true'),
      put: () => api.http.put('/cart?dry_run=true').send({ items: [], note: 'n' }),
    };
    const names = (await api.redis.keys(`*cart:dry-${name}*`)).filter((key) => !key.startsWith('metrics:')).toSorted();
    const dump = async () => Promise.all(names.map(async (key) => (await api.redis.dumpBuffer(key)).toString('hex')));
    const before = await dump();
    const response = await cart.send(
      Object.entries(requests).find(([key]) => key === name)?.[1]() ?? api.http.get('/'),
    );
    expect(response.ok).toBe(true);
    expect(await dump()).toEqual(before);
    const after = (await api.redis.keys(`*cart:dry-${name}*`)).filter((key) => !key.startsWith('metrics:')).toSorted();
    expect(after).toEqual(names);
  });
});
