import type { Browser, Locator, Page } from 'playwright-core';
import { watch } from './browser.js';

/** What Swagger UI shows of an answer. */
export interface ShownAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Swagger UI, as its user handles it. */
export class DocsPage {
  private constructor(
    private readonly page: Page,
    /** What has gone wrong on the page. */
    readonly faults: readonly string[],
  ) {}

  static async open(browser: Browser, origin: string): Promise<DocsPage> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
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

  async authorize(token: string): Promise<void> {
    await this.page.locator('.auth-wrapper .btn.authorize').click();
    const dialog = this.page.locator('.modal-ux');
    await dialog.locator('input').fill(token);
    await dialog.getByRole('button', { name: 'Apply credentials' }).click();
    await dialog.getByRole('button', { name: 'Remove authorization' }).waitFor();
    await dialog.locator('.btn-done').click();
  }

  /** The operations that ask for a token: how many have an open lock, and how many a closed one. */
  async locks(): Promise<{ open: number; closed: number }> {
    return { open: await this.locksThatAre('unlocked').count(), closed: await this.locksThatAre('locked').count() };
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.drawn();
  }

  /** Opens an operation, such as `post /cart/add`, and executes it with what is filled in. */
  async execute(method: string, path: string): Promise<ShownAnswer> {
    const operation = this.page
      .locator(`.opblock-${method}`)
      .filter({ has: this.page.locator(`[data-path="${path}"]`) });
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    const answer = operation.locator('.live-responses-table .response');
    const status = await answer.locator('.response-col_status').innerText();
    const body: unknown = JSON.parse(await answer.locator('.highlight-code code').innerText());
    return { status: Number.parseInt(status, 10), body };
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
