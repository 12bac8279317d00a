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

it('a checkout that accepts new prices is published with them', async () => {
  const cart = new CartClient(api.http, 'accepting');
  await cart.add('lamp', 2, { name: 'Lamp', price: 25 }).expect(200);
  await cacheProduct(api.http, 'lamp', { name: 'Lamp', price: 20 });
  const stream = await streams.follow(api, 'accepting');
  await cart.send(api.http.post('/cart/checkout')).send({ accept_price_changes: true }).expect(201);
  const changes = [{ product_id: 'lamp', line_id: 'lamp', before: 2, after: 2, price: 20 }];
  expect(await stream.next()).toMatchObject({ data: { type: 'checkout', changes } });
});

it('a completed order that takes only the note of an empty cart is published', async () => {
  const cart = new CartClient(api.http, 'emptied');
  await cart.add('vase', 1, { name: 'Vase', price: 12 }).expect(200);
  await cart.send(api.http.patch('/cart')).send({ note: 'Ring twice' }).expect(200);
  const { body } = await cart.checkout().expect(201);
  await cart.remove('vase').expect(200);
  const stream = await streams.follow(api, 'emptied');
  await cart.complete(body.checkout_id, 'order-1').expect(200);
  const after = await cart.get().expect(200);
  expect(after.body).not.toHaveProperty('note');
  expect(await stream.next()).toMatchObject({ data: { type: 'complete', version: after.body.version, changes: [] } });
});
