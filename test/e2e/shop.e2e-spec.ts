import { mkdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { SHOP_PRODUCTS } from '../../scripts/start/shop-products.js';
import { findChromium, startBrowser } from '../support/browser.js';
import { itWith } from '../support/it-with.js';
import { ShopFront } from '../support/shop-front.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const PICTURES = join(tmpdir(), `cartwright-shop-${userInfo().uid}`);
const CHROMIUM = findChromium();
const missing = CHROMIUM === undefined ? ['chromium'] : [];
const PASSWORD = 'correct horse battery staple';

// Chromium shares the processors with every other test.
jest.setTimeout(120_000);

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });

let browser: Browser | undefined;
let context: BrowserContext;
/** Lets the time of a page pass faster. */
let ticking: ReturnType<typeof setInterval> | undefined;

beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  await cache(SHOP_PRODUCTS);
  if (CHROMIUM !== undefined) browser = await startBrowser(CHROMIUM);
});
afterAll(async () => browser?.close());
beforeEach(async () => {
  if (browser !== undefined) context = await browser.newContext();
});
afterEach(async () => {
  clearInterval(ticking);
  if (browser !== undefined) await context.close();
});

async function cache(products: readonly object[]): Promise<void> {
  await api.http
    .post('/cache/products')
    .set('Authorization', bearer('catalogue', 'catalog'))
    .send({ products })
    .expect(200);
}

const open = async (): Promise<ShopFront> => ShopFront.open(context, new URL(api.url).origin);

describe('/shop in Chromium', () => {
  itWith(missing, 'takes a guest to an order: add, sign in, merge, two tabs, a changed price, checkout', async () => {
    const account = 'shopper@shop.example';
    const before = await open();
    await before.add('Mug', 'Moss');
    await before.signIn(account, PASSWORD, 'Create an account');
    await before.page.getByText('Mug: 1 from your guest cart, now 1.').waitFor();
    await before.page.getByRole('button', { name: 'Continue shopping' }).click();
    await before.page.getByRole('button', { name: 'Sign out' }).click();
    await before.hasItems(0);

    await before.add('Mug', 'Moss');
    await before.signIn(account, PASSWORD, 'Sign in');
    await before.page.getByText('Mug: 1 from your guest cart and 1 that you already had, now 2.').waitFor();
    expect(await before.violations()).toEqual([]);
    await before.page.getByRole('button', { name: 'Continue shopping' }).click();
    await before.hasItems(2);

    const other = await open();
    await other.hasItems(2);
    await other.add('Bowl');
    await before.hasItems(3);

    await cache([{ ...SHOP_PRODUCTS[0], price: 21 }]);
    await before.openCart();
    const { cart } = before;
    await cart.getByText('The price was $19.00 when you added it, and is now $21.00.').waitFor();
    await cart.getByRole('button', { name: 'Check out' }).click();
    await cart.getByText('A price has changed.').waitFor();
    expect(await before.violations()).toEqual([]);
    await cart.getByRole('button', { name: 'Use the current prices' }).click();
    await cart.getByText('$70.00').waitFor();
    await cart.getByRole('button', { name: 'Check out' }).click();
    await cart.getByText('3 items for $70.00.').waitFor();
    await cart.getByRole('button', { name: 'Pay $70.00' }).click();
    await cart.getByText(/Your order is K-[0-9A-F]{8}\./).waitFor();
    await cart.getByText('Your cart is empty.').waitFor();
    await other.hasItems(0);
    // The browser reports the checkout that was rejected, and the feed of the guest, which the page has ended.
    expect(before.faults.filter((fault) => !/409|\/cart(\/events)? net::ERR_ABORTED/.test(fault))).toEqual([]);
    expect(other.faults).toEqual([]);
    await cache(SHOP_PRODUCTS);
  });

  itWith(missing, 'signs the other tab in and out too, which then shows the cart of that user', async () => {
    const [one, other] = [await open(), await open()];
    await one.add('Vase', 'Ink');
    await other.hasItems(1);
    await one.signIn('two-tabs@shop.example', PASSWORD, 'Create an account');
    await one.page.getByText('Vase: 1 from your guest cart, now 1.').waitFor();
    await other.page.getByRole('button', { name: 'Sign out' }).waitFor();
    await other.hasItems(1);
    await other.add('Vase', 'Ink');
    await one.hasItems(2);
    await one.page.getByRole('button', { name: 'Continue shopping' }).click();
    await one.page.getByRole('button', { name: 'Sign out' }).click();
    await other.page.getByRole('button', { name: 'Sign in' }).waitFor();
    await other.hasItems(0);
  });

  for (const [place, account] of [
    ['here', 'late-here@shop.example'],
    ['in another tab', 'late-there@shop.example'],
  ] as const) {
    itWith(missing, `does not show a late cart of a user who has signed out ${place}`, async () => {
      const shop = await open();
      await shop.signIn(account, PASSWORD, 'Create an account');
      await shop.page.getByRole('button', { name: 'Sign out' }).waitFor();
      await shop.add('Jug');
      await shop.hasItems(1);
      const signedOut = await shop.holdNext('**/cart/add');
      const added = shop.page.waitForResponse('**/cart/add');
      await shop.page.getByRole('button', { name: 'Add to cart: Jug' }).click();
      const { page } = place === 'here' ? shop : await open();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await shop.page.getByRole('button', { name: 'Sign in' }).waitFor();
      await shop.hasItems(0);
      const counts = await shop.countsFromNowOn();
      signedOut();
      await (await added).finished();
      await shop.add('Bowl');
      await shop.hasItems(1);
      const seen = await counts.jsonValue();
      expect(seen).toContain('Cart, 1 item');
      expect(seen).not.toContain('Cart, 2 items');
    });
  }

  itWith(missing, 'saves a line for later and moves it back, by keyboard alone', async () => {
    const shop = await open();
    await shop.add('Teapot');
    await shop.page.getByRole('button', { name: /^Cart, / }).focus();
    await shop.page.keyboard.press('Enter');
    const { cart } = shop;
    await cart.getByRole('button', { name: 'One more: Teapot, Oat' }).focus();
    await shop.page.keyboard.press('Enter');
    await cart.getByText('$148.00').first().waitFor();
    await cart.getByRole('button', { name: 'One more: Teapot, Oat' }).and(shop.page.locator(':focus')).waitFor();
    await cart.getByRole('button', { name: 'Save for later: Teapot, Oat' }).press('Enter');
    await cart.getByRole('button', { name: 'Move to cart: Teapot, Oat' }).waitFor();
    expect(await shop.violations()).toEqual([]);
    await shop.hasFocusIn(cart);
    await cart.getByRole('button', { name: 'Move to cart: Teapot, Oat' }).press('Enter');
    await cart.getByRole('button', { name: 'Save for later: Teapot, Oat' }).waitFor();
    await shop.closeCart();
    await shop.hasItems(2);
    expect(shop.faults).toEqual([]);
  });

  itWith(missing, 'says that the shop is not responding, and adds once when it is tried again', async () => {
    const shop = await open();
    await shop.page.clock.install();
    let sent = 0;
    await context.route('**/cart/add', async (route) => {
      sent += 1;
      // The service gets the first one, but its response is lost.
      if (sent === 1) await route.fetch();
      await route.abort();
    });
    await shop.page.getByRole('button', { name: 'Add to cart: Jug' }).click();
    await shop.page.getByText('Trying again …').waitFor();
    ticking = setInterval(() => void shop.page.clock.runFor(2_000), 50);
    await shop.page.getByText('Your change may have been made anyway.').waitFor();
    expect(await shop.violations()).toEqual([]);
    await context.unroute('**/cart/add');
    await shop.page.getByRole('button', { name: 'Try again' }).click();
    await shop.page.getByText('Jug, Oat: added to the cart.').waitFor();
    await shop.hasItems(1);

    await context.route('**/cart/update/*', async (route) => route.abort());
    await shop.openCart();
    await shop.cart.getByRole('button', { name: 'One more: Jug, Oat' }).click();
    await shop.cart.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await shop.violations()).toEqual([]);
    await context.unroute('**/cart/update/*');
    await shop.cart.getByRole('button', { name: 'Try again' }).click();
    await shop.cart.getByText('Jug, Oat: now 2.').waitFor();
    await shop.closeCart();
    await shop.hasItems(2);
  });

  itWith(missing, 'shows the reason why a sign-in is rejected', async () => {
    const shop = await open();
    await shop.signIn('no-one@shop.example', PASSWORD, 'Sign in');
    await shop.page.getByRole('alert').getByText('The e-mail address or the password is wrong.').waitFor();
    expect(await shop.violations()).toEqual([]);
  });

  const LOOKS = [390, 768, 1440].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme })));
  for (const { width, scheme } of LOOKS) {
    itWith(missing, `fits a screen of ${width} pixels, ${scheme}, and axe finds no fault`, async () => {
      const shop = await open();
      await shop.page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
      await shop.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await shop.add('Bowl', 'Moss');
      await shop.add('Candle holder', 'Ink');
      await shop.scrollToTop();
      expect(await shop.overflow()).toBe(0);
      expect(await shop.violations()).toEqual([]);
      await shop.page.screenshot({ path: join(PICTURES, `shop-${width}-${scheme}.png`) });
      await shop.openCart();
      await shop.cart.getByText('$52.00').waitFor();
      expect(await shop.violations()).toEqual([]);
      await shop.page.screenshot({ path: join(PICTURES, `cart-${width}-${scheme}.png`) });
      expect(shop.faults).toEqual([]);
    });
  }
});
