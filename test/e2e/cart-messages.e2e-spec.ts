import { cacheProduct } from '../support/cached-product.js';
import { CartClient, LAPTOP } from '../support/cart-client.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

describe('messages', () => {
  it('say what the shopper should be told about a line, and of a line that cannot be read', async () => {
    const cart = cartOf('told');
    await cart.add('laptop', 1, LAPTOP).expect(200);
    await cart.add('gift').expect(200);
    await api.redis.hset('cart:told', 'broken', '{"quantity": 2', 'rich', '{"quantity": 2, "price": 2000000000}');
    await cacheProduct(api.http, 'laptop', { name: 'Laptop', price: 80 });
    const { body } = await cart.get().expect(200);
    expect(body.items).toMatchObject([
      { product_id: 'laptop', messages: [{ code: 'price_changed', severity: 'info', line_id: 'laptop' }] },
      { product_id: 'gift', messages: [{ code: 'unpriced', severity: 'warning' }] },
    ]);
    expect(body.messages.map(({ code, line_id }: { code: string; line_id: string }) => [code, line_id])).toEqual([
      ['price_changed', 'laptop'],
      ['unpriced', 'gift'],
      ['unreadable', 'broken'],
      ['unreadable', 'rich'],
    ]);
    expect(body).toMatchObject({ count: 2, unique_items: 2 });
    expect((await cart.count()).body).toEqual({ count: 2, unique_items: 2 });
    const refused = await cart.checkout({ accept_price_changes: true });
    expectProblem(refused, 'unpriced_items');
    expect(refused.body.unpriced_items.toSorted()).toEqual(['broken', 'gift', 'rich']);
    await api.redis.del('product:laptop');
  });
});
