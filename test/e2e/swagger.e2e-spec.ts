import { mkdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { describeInChromium, findChromium, HOST_NAME, startBrowser } from '../support/browser.js';
import { DocsPage } from '../support/docs-page.js';
import { isForSupport } from '../support/entitled.js';
import { eventually } from '../support/eventually.js';
import { claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const PICTURES = join(tmpdir(), `cartwright-docs-${userInfo().uid}`);
const CHROMIUM = findChromium();

// Chromium shares the processors with every other test.
jest.setTimeout(120_000);

const api = useTestApp();

describeInChromium('/docs', () => {
  let browser: Browser;
  let page: DocsPage;

  beforeAll(async () => {
    await mkdir(PICTURES, { recursive: true });
    browser = await startBrowser(CHROMIUM ?? 'chromium');
  });
  afterAll(async () => browser.close());

  beforeEach(async () => {
    page = await DocsPage.open(browser, `http://${HOST_NAME}:${new URL(api.url).port}`);
  });
  afterEach(async () => page.close());

  it('shows the operations by tag, tokens first', async () => {
    expect(await page.title()).toBe('Cartwright API');
    expect(await page.tags()).toEqual([
      'auth',
      'cart',
      'checkout',
      'session',
      'cache',
      'support',
      'privacy',
      'monitoring',
    ]);
    await page.photograph(join(PICTURES, 'docs.png'));
    expect(page.faults).toEqual([]);
  });

  it('keeps the authorization after a reload', async () => {
    const { open, closed } = await page.locks();
    expect(open).toBeGreaterThan(10);
    // GET /health takes a token, but needs none.
    expect(closed).toBe(1);
    await page.authorize(signToken(claimsOf('keeper')));
    // Those of the cart of another user need another token.
    const others = (await page.operations()).filter(({ path }) => isForSupport(path)).length;
    expect(await page.locks()).toEqual({ open: others, closed: open - others + 1 });
    await page.reload();
    const all = await eventually(
      async () => page.locks(),
      (locks) => locks.open === others,
    );
    expect(all).toEqual({ open: others, closed: open - others + 1 });
    expect(page.faults).toEqual([]);
  });

  it('sends the token to GET /health, which needs none but shows more with it', async () => {
    await page.authorize(signToken(claimsOf('operator', { roles: ['ops'] })));
    await page.reload();
    expect(await page.execute('get', '/health')).toMatchObject({ status: 200, body: { redis: { connected: true } } });
  });

  it('adds to the cart of the authorized user', async () => {
    await page.authorize(signToken(claimsOf('visitor')));
    await page.reload();
    expect(await page.execute('post', '/cart/add')).toEqual({
      status: 200,
      body: expect.objectContaining({
        user_id: 'visitor',
        items: [
          expect.objectContaining({ product_id: 'laptop', name: 'MacBook Pro', quantity: 1, line_total: 1299.99 }),
        ],
        total_price: 1299.99,
      }),
    });
    await page.photograph(join(PICTURES, 'cart-add.png'));
    expect(JSON.parse(String(await api.redis.hget('cart:visitor', 'laptop')))).toMatchObject({
      name: 'MacBook Pro',
      price: 1299.99,
      quantity: 1,
    });
    expect(page.faults).toEqual([]);
  });

  it('updates, removes and reads with the prefilled values', async () => {
    await page.authorize(signToken(claimsOf('clicker')));
    await page.execute('post', '/cart/add');
    const updated = await page.execute('put', '/cart/update/{product_id}');
    expect(updated).toMatchObject({ status: 200, body: { count: 2, total_price: 2599.98 } });
    expect(await page.execute('get', '/cart')).toMatchObject(updated);
    expect(await page.execute('delete', '/cart/remove/{product_id}')).toMatchObject({
      status: 200,
      body: { items: [] },
    });
    expect(page.faults).toEqual([]);
  });
});
