import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContext, JSHandle, Locator, Page, Route } from 'playwright-core';
import { watch } from './browser.js';

/** What the functions that run in the page find there. */
declare const axe: {
  run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
};
declare const MutationObserver: new (changed: () => void) => {
  observe(target: unknown, options: { attributeFilter: string[] }): void;
};

const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** A tab with the example shop, used as a shopper would use it. */
export class ShopFront {
  readonly cart: Locator;
  private readonly badge: Locator;

  private constructor(
    readonly page: Page,
    /** Everything that went wrong on the page. */
    readonly faults: readonly string[],
  ) {
    this.cart = page.getByRole('dialog', { name: 'Your cart' });
    this.badge = page.getByRole('button', { name: /^Cart, / });
  }

  /** @param origin of the service. */
  static async open(context: BrowserContext, origin: string): Promise<ShopFront> {
    const page = await context.newPage();
    const faults = watch(page, origin);
    await page.goto(`${origin}/shop`);
    await page.getByRole('button', { name: 'Add to cart: Mug' }).waitFor();
    return new ShopFront(page, faults);
  }

  async add(product: string, glaze = 'Oat'): Promise<void> {
    const group = this.page.getByRole('group', { name: `Glaze of the ${product}` });
    await group.getByRole('radio', { name: glaze }).check();
    await this.page.getByRole('button', { name: `Add to cart: ${product}` }).click();
    await this.page.getByText(`${product}, ${glaze}: added to the cart.`).waitFor();
  }

  /** Waits until the badge shows that many items. */
  async hasItems(count: number): Promise<void> {
    await this.page
      .getByRole('button', { name: `Cart, ${count} item${count === 1 ? '' : 's'}`, exact: true })
      .waitFor();
  }

  /** Every name that the badge gets after this call, such as `Cart, 2 items`: a list that grows. */
  async countsFromNowOn(): Promise<JSHandle<string[]>> {
    return this.badge.evaluateHandle((badge) => {
      const names: string[] = [];
      const observer = new MutationObserver(() => names.push(badge.getAttribute('aria-label') ?? ''));
      observer.observe(badge, { attributeFilter: ['aria-label'] });
      return names;
    });
  }

  /** Holds the response of the next request to matching addresses. Returns what lets it arrive. */
  async holdNext(addresses: string): Promise<() => void> {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const hold = async (route: Route): Promise<void> => {
      const response = await route.fetch();
      await released;
      await route.fulfill({ response });
    };
    await this.page.route(addresses, hold, { times: 1 });
    return release;
  }

  async openCart(): Promise<void> {
    await this.badge.click();
    await this.cart.waitFor();
  }

  async closeCart(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.cart.waitFor({ state: 'hidden' });
  }

  /** @param button `Sign in` or `Create an account`. */
  async signIn(email: string, password: string, button: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Sign in' });
    await dialog.getByLabel('E-mail address').fill(email);
    await dialog.getByLabel('Password').fill(password);
    await dialog.getByRole('button', { name: button }).click();
  }

  /** Waits until an element in `part` has the focus. */
  async hasFocusIn(part: Locator): Promise<void> {
    await part.locator(':focus').waitFor();
  }

  async scrollToTop(): Promise<void> {
    await this.page.locator('html').evaluate((html) => {
      html.scrollTo(0, 0);
    });
  }

  /** By how many pixels the page is wider than its window. */
  async overflow(): Promise<number> {
    return this.page.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  }

  /** What axe finds wrong with the page as it is, such as text of too little contrast. */
  async violations(): Promise<string[]> {
    // Evaluated by the debugger, which the page's policy does not stop.
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate(async () => axe.run());
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
    );
  }
}
