import type { Browser } from 'playwright-core';
import { findChromium, startBrowser } from '../support/browser.js';
import { cacheProduct } from '../support/cached-product.js';
import { itWith } from '../support/it-with.js';
import { ShopPage, ShopServer } from '../support/shop-page.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';
import { claimsOf, signToken } from '../support/tokens.js';

const CHROMIUM = findChromium();
const missing = CHROMIUM === undefined ? ['chromium'] : [];

// Chromium shares the processors with every other test.
jest.setTimeout(120_000);

let redis: TestRedis;
let shop: ShopServer;
let api: TestApp;
let browser: Browser | undefined;

beforeAll(async () => {
  redis = await TestRedis.start();
  shop = await ShopServer.start();
  api = await startTestApp(redis, { CORS_ORIGINS: shop.origin, AUTH_ACCOUNTS: 'true' });
  if (CHROMIUM !== undefined) browser = await startBrowser(CHROMIUM);
});
afterAll(async () => {
  await browser?.close();
  await api.close();
  await shop.stop();
  await redis.stop();
});

const tokenOf = (userId: string): string => signToken(claimsOf(userId));

describe.each([
  // Any page of the service will do; this one holds nothing that is cached.
  ['same', () => `${api.url}/health/live`],
  ['other', () => `${shop.origin}/`],
])('a page from the %s origin', (from, address) => {
  let page: ShopPage;
  const named = (name: string): string => `${name}-${from}`;

  beforeEach(async () => {
    if (browser !== undefined) page = await ShopPage.open(browser, address(), api.url);
  });
  afterEach(async () => {
    if (browser !== undefined) await page.close();
  });

  /** Fills a user's cart by one write, so that it is at version 1. */
  async function fill(token: string, productId: string, quantity = 1): Promise<void> {
    const body = { product_id: productId, quantity, product_data: { name: productId, price: 1 } };
    expect(await page.post('/cart/add', token, body)).toMatchObject({ status: 200, body: { version: 1 } });
  }

  /** Two users whose carts are at the same version. */
  async function twoUsers(name: string): Promise<readonly [string, string]> {
    const [anna, bert] = [tokenOf(named(`${name}-anna`)), tokenOf(named(`${name}-bert`))] as const;
    await fill(anna, 'of-anna', 2);
    await fill(bert, 'of-bert', 3);
    return [anna, bert];
  }

  async function expectCart(token: string, productId: string): Promise<void> {
    expect(await page.fetch('/cart', token)).toMatchObject({
      status: 200,
      body: { items: [{ product_id: productId }] },
    });
  }

  itWith(missing, 'shows each of two users their own cart, even if both are at version 1', async () => {
    const [anna, bert] = await twoUsers('turns');
    for (let time = 0; time < 3; time += 1) {
      await expectCart(anna, 'of-anna');
      await expectCart(bert, 'of-bert');
    }
  });

  itWith(missing, 'does so after a reload', async () => {
    const [anna, bert] = await twoUsers('reloads');
    await expectCart(anna, 'of-anna');
    await page.reload();
    await expectCart(bert, 'of-bert');
    await page.reload();
    await expectCart(anna, 'of-anna');
  });

  itWith(missing, 'shows each user their own counts and sessions', async () => {
    const [anna, bert] = await twoUsers('more');
    for (const token of [anna, bert]) {
      expect((await page.post('/session/create', token, {})).status).toBe(201);
    }
    for (let time = 0; time < 2; time += 1) {
      for (const [token, count, name] of [
        [anna, 2, 'anna'],
        [bert, 3, 'bert'],
      ] as const) {
        expect((await page.fetch('/cart/count', token)).body).toMatchObject({ count });
        const userId = named(`more-${name}`);
        expect((await page.fetch('/session', token)).body).toMatchObject({ sessions: [{ user_id: userId }] });
      }
    }
  });

  itWith(missing, 'shows no cart without its user’s token', async () => {
    const [anna] = await twoUsers('signed-out');
    await expectCart(anna, 'of-anna');
    expect((await page.fetch('/cart', undefined)).status).toBe(401);
    expect((await page.fetch('/cart', 'no token')).status).toBe(401);
  });

  itWith(missing, 'shows the user’s cart after a guest’s cart is merged into it', async () => {
    const { body } = await page.post('/auth/guest', undefined, {});
    const guest = textOf(body, 'access_token');
    const user = tokenOf(named('merging'));
    await fill(guest, 'of-guest', 5);
    await fill(user, 'of-user', 1);
    await expectCart(guest, 'of-guest');
    await expectCart(user, 'of-user');
    const merged = await page.post('/cart/merge', user, { guest_token: guest });
    expect(merged).toMatchObject({ status: 200, body: { cart: { count: 6 } } });
    const { body: cart } = await page.fetch('/cart', user);
    expect(cart).toMatchObject({ user_id: named('merging'), count: 6, items: [{}, {}] });
    expect((await page.fetch('/cart/count', user)).body).toMatchObject({ count: 6 });
    expect((await page.fetch('/cart', guest)).body).toMatchObject({ items: [] });
  });

  itWith(missing, 'shows the user’s cart after a guest signs in', async () => {
    const email = `${named('signing-in')}@shop.example`;
    const password = 'correct horse battery staple';
    expect((await page.post('/auth/register', undefined, { email, password })).status).toBe(201);
    const guest = textOf((await page.post('/auth/guest', undefined, {})).body, 'access_token');
    await fill(guest, 'of-guest', 5);
    await expectCart(guest, 'of-guest');
    const { body } = await page.post('/auth/login', undefined, { email, password, guest_token: guest });
    const user = textOf(body, 'access_token');
    const { body: cart } = await page.fetch('/cart', user);
    expect(cart).toMatchObject({ count: 5, items: [{ product_id: 'of-guest' }] });
    expect(textOf(cart, 'user_id')).not.toMatch(/^guest_/);
    expect((await page.fetch('/cart', guest)).body).toMatchObject({ items: [] });
    expect((await page.post('/auth/logout', user, {})).status).toBe(204);
    expect((await page.fetch('/cart', user)).status).toBe(401);
  });

  itWith(missing, 'gets a 304 if it sets If-None-Match itself', async () => {
    const [anna, bert] = await twoUsers('conditional');
    const { etag } = await page.fetch('/cart', anna);
    const conditional = { headers: { 'If-None-Match': String(etag) } };
    expect(await page.fetch('/cart', anna, conditional)).toEqual({ status: 304, etag, body: undefined });
    expect(await page.fetch('/cart', bert, conditional)).toMatchObject({
      status: 200,
      body: { items: [{ product_id: 'of-bert' }] },
    });
  });

  itWith(missing, 'shows the current product, and only with a token', async () => {
    const [anna, bert] = [tokenOf(named('product-anna')), tokenOf(named('product-bert'))] as const;
    const path = `/cache/product/${named('lamp')}`;
    await cacheProduct(api.http, named('lamp'), { name: 'Lamp', price: 1 });
    for (const token of [anna, bert, anna]) {
      expect(await page.fetch(path, token)).toMatchObject({ status: 200, body: { price: 1 } });
    }
    expect((await page.fetch(path, undefined)).status).toBe(401);
    await cacheProduct(api.http, named('lamp'), { name: 'Lamp', price: 2 });
    const { status, etag, body } = await page.fetch(path, bert);
    expect({ status, body }).toMatchObject({ status: 200, body: { price: 2 } });
    const conditional = { headers: { 'If-None-Match': String(etag) } };
    expect(await page.fetch(path, bert, conditional)).toEqual({ status: 304, etag, body: undefined });
  });
});

/** A text member of a body. */
function textOf(body: unknown, name: string): string {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  if (typeof value !== 'string') throw new Error(`The body has no text ${name}.`);
  return value;
}
