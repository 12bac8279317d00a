import { CartClient, LAPTOP } from '../support/cart-client.js';
import { MUG } from '../support/mug-lines.js';
import { fieldsOf } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

describe('POST /cart/batch', () => {
  it('sets, saves, restores and writes notes', async () => {
    const cart = cartOf('batcher');
    await cart.add('laptop', 3, LAPTOP).expect(200);
    const { body } = await cart
      .batch(
        { op: 'set', product_id: 'laptop', quantity: 2 },
        { op: 'set', product_id: 'mug', quantity: 4, product_data: MUG, options: { size: 'L' } },
        { op: 'note', line_id: 'laptop', note: 'Careful' },
        { op: 'add', product_id: 'pen', quantity: 1 },
        { op: 'save', product_id: 'pen' },
      )
      .expect(200);
    expect(body).toMatchObject({
      items: [
        { product_id: 'laptop', quantity: 2, note: 'Careful' },
        { product_id: 'mug', quantity: 4, options: { size: 'L' } },
      ],
      saved_items: [{ product_id: 'pen' }],
      version: 2,
    });
    const restored = await cart.batch({ op: 'restore', line_id: 'pen' }, { op: 'note', line_id: 'laptop' }).expect(200);
    expect(restored.body).toMatchObject({ saved_items: [], unique_items: 3 });
    expect(restored.body.items[0]).not.toHaveProperty('note');
  });

  it('takes exactly one name for the line of an operation', async () => {
    for (const names of [{}, { line_id: 'laptop', product_id: 'laptop' }]) {
      const response = await cartOf('names').batch({ op: 'remove', ...names });
      expect(fieldsOf(response)).toEqual(['operations.0.product_id']);
    }
  });
});
