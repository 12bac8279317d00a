import type { Browser, Locator, Page } from 'playwright-core';
import { watch } from './browser.js';
import { DocsOperation } from './docs-operation.js';

/** The parts of a response that Swagger UI shows. */
export interface ShownAnswer {
  readonly status: number;
  readonly body: unknown;
}

const VIEWPORT = { width: 1280, height: 1000 };

/** Swagger UI, operated as a user does. */
export class DocsPage {
  private constructor(
    private readonly page: Page,
    /** Errors on the page. */
    readonly faults: readonly string[],
  ) {}

  static async open(browser: Browser, origin: string, viewport = VIEWPORT): Promise<DocsPage> {
    const page = await browser.newPage({ viewport });
    page.setDefaultTimeout(30_000);
    const docs = new DocsPage(page, watch(page, origin));
    await page.goto(`${origin}/docs`);
    await docs.drawn();
    return docs;
  }

  async title(): Promise<string> {
    return this.page.title();
  }

  async tags(): Promise<string[]> {
    const tags = await this.page.locator('.opblock-tag').all();
    return Promise.all(tags.map(async (tag) => (await tag.getAttribute('data-tag')) ?? ''));
  }

  /** Gives the page the token of the user. */
  async authorize(token: string): Promise<void> {
    await this.page.locator('.auth-wrapper .btn.authorize').click();
    const field = this.page.locator('.modal-ux .auth-container', { hasText: 'bearer (http' });
    await field.locator('input').fill(token);
    await field.getByRole('button', { name: 'Apply credentials' }).click();
    await field.getByRole('button', { name: 'Remove authorization' }).waitFor();
    await field.locator('.btn-done').click();
  }

  /** How many operations that require a token show an open lock, and how many a closed one. */
  async locks(): Promise<{ open: number; closed: number }> {
    return { open: await this.locksThatAre('unlocked').count(), closed: await this.locksThatAre('locked').count() };
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.drawn();
  }

  /** All operations, in the order of the page. */
  async operations(): Promise<DocsOperation[]> {
    return DocsOperation.allOf(this.page);
  }

  /** Opens an operation, such as `post /cart/add`, and executes it with the prefilled values. */
  async execute(method: string, path: string): Promise<ShownAnswer> {
    const operation = DocsOperation.of(this.page, method, path);
    await operation.toggle();
    const status = await operation.execute();
    return { status, body: JSON.parse(await operation.body()) };
  }

  async photograph(file: string): Promise<void> {
    await this.page.screenshot({ path: file, fullPage: true });
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  private async drawn(): Promise<void> {
    await this.page.locator('.opblock').first().waitFor();
  }

  private locksThatAre(state: 'locked' | 'unlocked'): Locator {
    return this.page.locator(`.opblock [aria-label="authorization button ${state}"]`);
  }
}
