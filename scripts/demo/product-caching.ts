import { randomBytes } from 'node:crypto';
import { cart, problem, product } from './answers.js';
import type { ApiClient } from './api-client.js';
import { cartTable, formatMoney } from './cart-table.js';
import { DemoFailure, expectSame } from './demo-failure.js';
import type { Page } from './page.js';

const HEADSET = { name: 'Gaming Headset', price: 89.99, description: '7.1 surround sound gaming headset' };
const TTL_SECONDS = 60;

/** Caches a product as the shop's product service would; users who add it to a cart pay the cached price. */
export async function productCaching(catalog: ApiClient, shopper: ApiClient, page: Page): Promise<void> {
  page.section('Product caching');
  // All users share the cache, so each run uses a new product.
  const productId = `headset_${randomBytes(2).toString('hex')}`;
  const path = `/cache/product/${productId}`;
  const body = { ...HEADSET, ttl_seconds: TTL_SECONDS };

  const refused = await shopper.send('POST', path, { body, answers: problem, status: 403 });
  page.step(refused, `${refused.body.code}: this takes the role catalog`);
  const cached = await catalog.send('POST', path, { body, answers: product });
  page.step(cached, `cached for ${TTL_SECONDS} s`);

  await read(shopper, page, path);
  await buy(shopper, page, productId);
}

async function read(shopper: ApiClient, page: Page, path: string): Promise<void> {
  const cached = await shopper.send('GET', path, { answers: product });
  const { name, price, currency } = cached.body;
  page.step(cached, `${name}, ${formatMoney(price, currency)}; X-Cache: ${cached.headers.get('X-Cache') ?? 'none'}`);
  expectSame('The price of the cached product', price, HEADSET.price);
}

async function buy(shopper: ApiClient, page: Page, productId: string): Promise<void> {
  const body = { product_id: productId, quantity: 1, product_data: { name: 'Bargain', price: 0.01 } };
  const added = await shopper.send('POST', '/cart/add', { body, answers: cart });
  const [line] = added.body.items;
  if (line === undefined) throw new DemoFailure('The cart should have a line, but has none.');
  page.step(added, `the client sent $0.01; the price comes from: ${line.price_source ?? 'unknown'}`);
  page.table(cartTable(added.body));
  expectSame('The price in the cart', line.price, HEADSET.price);
  await shopper.send('DELETE', '/cart/clear', { answers: cart });
}
