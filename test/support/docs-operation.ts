import type { Locator, Page } from 'playwright-core';

const PATH = '[data-path]';

/** An operation on the page of Swagger UI. */
export class DocsOperation {
  private constructor(
    /** In lower case. */
    readonly method: string,
    readonly path: string,
    private readonly block: Locator,
  ) {}

  static of(page: Page, method: string, path: string): DocsOperation {
    const block = page.locator(`.opblock-${method}`).filter({ has: page.locator(`[data-path="${path}"]`) });
    return new DocsOperation(method, path, block);
  }

  /** All operations, in the order of the page. */
  static async allOf(page: Page): Promise<DocsOperation[]> {
    const blocks = await page.locator('.opblock').all();
    return Promise.all(
      blocks.map(async (block) => {
        const method = (await block.locator('.opblock-summary-method').innerText()).toLowerCase();
        const path = await block.locator(PATH).first().getAttribute('data-path');
        return DocsOperation.of(page, method, path ?? '');
      }),
    );
  }

  /** Such as `POST /cart/add`. */
  get name(): string {
    return `${this.method.toUpperCase()} ${this.path}`;
  }

  /** Opens or closes it. */
  async toggle(): Promise<void> {
    await this.block.locator('.opblock-summary-control').click();
  }

  /** Executes it as it is, if it is open. @returns the status of the response. */
  async execute(): Promise<number> {
    await this.block.getByRole('button', { name: 'Execute' }).click();
    return Number.parseInt(await this.answer.locator('.response-col_status').innerText(), 10);
  }

  /** The body of the response that is shown. */
  async body(): Promise<string> {
    return this.answer.locator('.highlight-code code').innerText();
  }

  /** The `curl` command of the request that was sent. */
  async command(): Promise<string> {
    return this.block.locator('.curl-command code').innerText();
  }

  /** In pixels, once the operation is open with its responses. */
  async height(): Promise<number> {
    await this.block.locator('.responses-table .response').first().waitFor();
    const box = await this.block.boundingBox();
    return box?.height ?? Number.NaN;
  }

  private get answer(): Locator {
    return this.block.locator('.live-responses-table .response');
  }
}
