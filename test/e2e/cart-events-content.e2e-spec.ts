import { cacheProduct } from '../support/cached-product.js';
import { CartClient, LAPTOP } from '../support/cart-client.js';
import { useEventStreams } from '../support/use-event-streams.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const streams = useEventStreams();

it('a change carries what a line contains now if more than its quantity has changed', async () => {
  const cart = new CartClient(api.http, 'follower');
  const stream = await streams.follow(api, 'follower');
  const next = async (...changes: object[]): Promise<void> => {
    const data: unknown = expect.objectContaining({ changes });
    expect(await stream.next()).toEqual(expect.objectContaining({ data }));
  };
  const line = { product_id: 'laptop', line_id: 'laptop' };

  await cart.add('laptop', 1, LAPTOP).expect(200);
  await next({ ...line, before: 0, after: 1 });
  await cart.add('laptop', 1, LAPTOP).expect(200);
  await next({ ...line, before: 1, after: 2 });
  await cart.send(api.http.patch('/cart/lines/laptop')).send({ note: 'Careful' }).expect(200);
  await next({ ...line, before: 2, after: 2, price: 99.99, note: 'Careful' });
  await cacheProduct(api.http, 'laptop', { name: 'Laptop', price: 80 });
  await cart.reprice().expect(200);
  await next({ ...line, before: 2, after: 2, price: 80, note: 'Careful' });
  const changed = await cart
    .send(api.http.patch('/cart/lines/laptop'))
    .send({ options: { ram: 16 } })
    .expect(200);
  await next(
    { ...line, before: 2, after: 0 },
    {
      product_id: 'laptop',
      line_id: changed.body.items[0].line_id,
      before: 0,
      after: 2,
      price: 80,
      options: { ram: 16 },
      note: 'Careful',
    },
  );
  await cart.send(api.http.patch('/cart')).send({ note: 'Ring twice' }).expect(200);
  await next();
});
