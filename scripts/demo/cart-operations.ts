import { cart, cartCount } from './answers.js';
import type { ApiClient } from './api-client.js';
import { cartTable } from './cart-table.js';
import { expectSame } from './demo-failure.js';
import type { Page } from './page.js';

const LAPTOP = {
  product_id: 'laptop',
  quantity: 2,
  product_data: { name: 'MacBook Pro', price: 1299.99, description: 'High-performance laptop' },
};
const MOUSE = { product_id: 'mouse', quantity: 1, product_data: { name: 'Mouse', price: 29.99 } };

/** Fills, changes and empties a cart. */
export async function cartOperations(shopper: ApiClient, page: Page): Promise<void> {
  page.section('Shopping cart operations');
  await fill(shopper, page);
  await change(shopper, page);
  await empty(shopper, page);
}

async function fill(shopper: ApiClient, page: Page): Promise<void> {
  const laptops = await shopper.send('POST', '/cart/add', { body: LAPTOP, answers: cart });
  page.step(laptops, 'adds two laptops');
  page.table(cartTable(laptops.body));

  const mouse = await shopper.send('POST', '/cart/add', { body: MOUSE, answers: cart });
  page.step(mouse, 'adds a mouse');

  const whole = await shopper.send('GET', '/cart', { answers: cart });
  page.step(whole, 'the cart has two lines');
  page.table(cartTable(whole.body));
  expectSame('The number of lines', whole.body.items.length, 2);
  expectSame('The total', whole.body.total_price, 2629.97);
}

async function change(shopper: ApiClient, page: Page): Promise<void> {
  const updated = await shopper.send('PUT', '/cart/update/laptop?quantity=3', { answers: cart });
  page.step(updated, 'three laptops; the total is exact to the cent');
  page.table(cartTable(updated.body));
  expectSame('The total', updated.body.total_price, 3929.96);

  const counted = await shopper.send('GET', '/cart/count', { answers: cartCount });
  page.step(counted, `${counted.body.count} items on ${counted.body.unique_items} lines`);
  expectSame('The count', counted.body.count, 4);
}

async function empty(shopper: ApiClient, page: Page): Promise<void> {
  const removed = await shopper.send('DELETE', '/cart/remove/laptop', { answers: cart });
  page.step(removed, 'removes the laptops');
  page.table(cartTable(removed.body));
  expectSame('The total', removed.body.total_price, 29.99);

  const cleared = await shopper.send('DELETE', '/cart/clear', { answers: cart });
  expectSame('The count', cleared.body.count, 0);
  page.step(cleared, 'the cart is empty');
}
