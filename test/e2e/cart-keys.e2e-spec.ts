import { CartClient } from '../support/cart-client.js';
import { countedOperations } from '../support/cart-metrics.js';
import { startTestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

describe('ids', () => {
  it.each([
    ['slash', 'a/b'],
    ['percent', '100%'],
    ['encoded slash', 'a%2Fb'],
    ['quotes', `"it's"`],
    ['backslash', 'a\\b'],
    ['emoji', '💻🖱️'],
    ['100 characters', '💻'.repeat(100)],
    ['colons', 'cart:user123'],
    ['question mark and hash', 'a?b=c#d'],
    ['dots', '..'],
  ])('support a product id with %s on every endpoint', async (name, productId) => {
    const cart = cartOf(`ids-${name.replaceAll(' ', '-')}`);
    await cart.add(productId, 1, { name: productId, price: 1 }).expect(200);
    const updated = await cart.update(productId, 4).expect(200);
    expect(updated.body.items[0]).toMatchObject({ product_id: productId, name: productId, quantity: 4 });
    expect(await api.redis.hexists(`cart:${cart.userId}`, productId)).toBe(1);
    const removed = await cart.remove(productId).expect(200);
    expect(removed.body.items).toEqual([]);
  });

  it.each(['ann@shop.example', 'auth0|5f7c8ec7', 'a:b:c', 'A.b_c-d', 'u'.repeat(128)])(
    'keep the cart of user %s at the guide’s key',
    async (userId) => {
      await cartOf(userId).add('laptop').expect(200);
      expect(await api.redis.hkeys(`cart:${userId}`)).toEqual(['laptop']);
      expect(await api.redis.hget(`{cart:${userId}}:meta`, 'version')).toBe('1');
    },
  );
});

describe('metrics', () => {
  it('count each operation under the guide’s key for a day', async () => {
    const cart = cartOf('metered');
    await cart.add('laptop');
    await cart.add('laptop');
    await cart.get();
    await cart.update('laptop', 1);
    await cart.count();
    await cart.remove('laptop');
    await cart.clear();
    const counts = { add: 2, get: 1, update: 1, count: 1, remove: 1, clear: 1 };
    expect(await countedOperations(api.redis, cart)).toEqual(counts);
    expect(await api.redis.ttl('metrics:cart:add:metered')).toBeGreaterThan(86_390);
  });

  it('count concurrent operations for each user and operation', async () => {
    const carts = Array.from({ length: 20 }, (_, index) => cartOf(`busy-${index}`));
    await Promise.all(carts.flatMap((cart) => [1, 2, 3].map(() => cart.get().expect(200))));
    for (const cart of carts) expect(await countedOperations(api.redis, cart)).toEqual({ get: 3 });
  });

  it('never fail a request that could not be counted, nor the counts of others', async () => {
    await api.redis.lpush('metrics:cart:add:uncounted', 'not a counter');
    await Promise.all([cartOf('uncounted').add('laptop').expect(200), cartOf('counted').add('laptop').expect(200)]);
    expect(await countedOperations(api.redis, cartOf('counted'))).toEqual({ add: 1 });
  });

  it('are complete when the service has shut down', async () => {
    const other = await startTestApp(api.server);
    await new CartClient(other.http, 'last').add('laptop').expect(200);
    await other.close();
    expect(await api.redis.get('metrics:cart:add:last')).toBe('1');
  });
});
