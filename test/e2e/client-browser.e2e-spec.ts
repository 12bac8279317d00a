import type { Browser, BrowserContext } from 'playwright-core';
import type * as client from '@cartwright/client';
import { findChromium, startBrowser } from '../support/browser.js';
import { openClientPage } from '../support/client-page.js';
import { itWith } from '../support/it-with.js';
import { ShopServer } from '../support/shop-page.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';

/** What the functions that run in the page find there. */
declare const Cartwright: typeof client;
declare const SERVICE: string;
declare const localStorage: client.KeyValueStorage;
declare const navigator: object;
declare const document: { title: string };

const CHROMIUM = findChromium();
const missing = CHROMIUM === undefined ? ['chromium'] : [];
const PASSWORD = 'correct horse battery staple';

// Chromium shares the processors with every other test.
jest.setTimeout(120_000);

let redis: TestRedis;
let shop: ShopServer;
let api: TestApp;
let browser: Browser | undefined;

/** Browsers have Web Locks on pages that they trust: https, and this machine's own address. */
const ORIGINS: Readonly<Record<string, () => string>> = {
  'without Web Locks': () => shop.origin,
  'with Web Locks': () => `http://127.0.0.1:${new URL(shop.origin).port}`,
};

beforeAll(async () => {
  redis = await TestRedis.start();
  shop = await ShopServer.start();
  const origins = Object.values(ORIGINS).map((origin) => origin());
  api = await startTestApp(redis, { CORS_ORIGINS: origins.join(','), AUTH_ACCOUNTS: 'true' });
  if (CHROMIUM !== undefined) browser = await startBrowser(CHROMIUM);
});
afterAll(async () => {
  await browser?.close();
  await api.close();
  await shop.stop();
  await redis.stop();
});

describe.each(Object.entries(ORIGINS))('the client in Chromium, on a page %s', (kind, origin) => {
  let context: BrowserContext;
  const hasLocks = kind === 'with Web Locks';
  const account = { email: `${kind.split(' ')[0] ?? ''}@shop.example`, password: PASSWORD };
  const openTab = async () => openClientPage(context, origin(), api.url);

  beforeAll(async () => {
    if (browser !== undefined) context = await browser.newContext();
  });
  afterAll(async () => {
    if (browser !== undefined) await context.close();
  });

  itWith(missing, 'fills a guest’s cart, signs in and merges it', async () => {
    const page = await openTab();
    expect(await page.evaluate(() => 'locks' in navigator)).toBe(hasLocks);
    const result = await page.evaluate(async (credentials) => {
      const { auth, cart } = Cartwright.createClient({ baseUrl: SERVICE, storage: localStorage });
      await cart.add({ product_id: 'mug', quantity: 2, product_data: { name: 'Mug', price: 9.5 } });
      await auth.register(credentials);
      const signedIn = await auth.signIn(credentials);
      const seen = await cart.get();
      const isSame = (await cart.get({ ifNoneMatch: seen })) === seen;
      await cart.update('mug', 3, { ifMatch: seen });
      const error: unknown = await cart.update('mug', 4, { ifMatch: seen }).catch((reason: unknown) => reason);
      const problem = Cartwright.isProblem(error, 'version_mismatch') ? error.problem.version : undefined;
      return { total: signedIn.cart.total_price, report: signedIn.report, isSame, problem };
    }, account);
    expect(result).toEqual({
      total: 19,
      report: [expect.objectContaining({ line_id: 'mug', guest_quantity: 2, quantity: 2 })],
      isSame: true,
      problem: 2,
    });
  });

  const refreshing = hasLocks ? 'once for all requests of all tabs' : 'at most once for all requests of a tab';
  itWith(missing, `refreshes ${refreshing}, and never signs the other tab out`, async () => {
    const tabs = [await openTab(), await openTab()];
    api.clock.advance(16 * 60);
    const refreshes = postsOf(context, '/auth/refresh');
    const counts = await Promise.all(
      tabs.map(async (tab) =>
        tab.evaluate(async () => {
          const { cart } = Cartwright.createClient({ baseUrl: SERVICE, storage: localStorage });
          return Promise.all(Array.from({ length: 10 }, async () => (await cart.count()).count));
        }),
      ),
    );
    expect(counts.flat()).toEqual(Array(20).fill(3));
    expect(refreshes.length).toBeGreaterThanOrEqual(1);
    // Without locks nothing tells the tabs of each other; the service then gives both the same refresh token.
    expect(refreshes.length).toBeLessThanOrEqual(hasLocks ? 1 : tabs.length);
  });

  itWith(missing, 'shows in one tab what another tab adds', async () => {
    const [one, other] = [await openTab(), await openTab()];
    const seen = one.evaluate(async () => {
      const { cart } = Cartwright.createClient({ baseUrl: SERVICE, storage: localStorage });
      for await (const { count } of cart.live()) {
        document.title = `following ${count}`;
        if (count === 5) return count;
      }
      return 0;
    });
    await one.waitForFunction(() => document.title.startsWith('following'));
    await other.evaluate(async () => {
      const { cart } = Cartwright.createClient({ baseUrl: SERVICE, storage: localStorage });
      await cart.add({ product_id: 'mug', quantity: 2 });
    });
    expect(await seen).toBe(5);
  });
});

describe('the client in Chromium, with Web Locks', () => {
  itWith(missing, 'makes a new visitor one guest, however many tabs begin at once', async () => {
    for (let visitor = 0; visitor < 3; visitor += 1) {
      const context = await browser?.newContext();
      if (context === undefined) throw new Error('no browser');
      const open = async () => openClientPage(context, ORIGINS['with Web Locks']?.() ?? '', api.url);
      const tabs = [await open(), await open(), await open()];
      const guests = postsOf(context, '/auth/guest');
      const users = await Promise.all(
        tabs.map(async (tab) =>
          tab.evaluate(async () => {
            const { cart } = Cartwright.createClient({ baseUrl: SERVICE, storage: localStorage });
            return (await cart.get()).user_id;
          }),
        ),
      );
      expect(new Set(users).size).toBe(1);
      expect(guests).toHaveLength(1);
      await context.close();
    }
  });
});

/** The POST requests of all tabs to a path, from now on. */
function postsOf(context: BrowserContext, path: string): readonly string[] {
  const urls: string[] = [];
  context.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith(path)) urls.push(request.url());
  });
  return urls;
}
