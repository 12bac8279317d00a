import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { Browser, Page } from 'playwright-core';
import { HOST_NAME } from './browser.js';

/** The parts of a response that a page's script can see. */
export interface SeenResponse {
  readonly status: number;
  readonly etag: string | null;
  /** The parsed JSON; undefined if there is no body. */
  readonly body: unknown;
}

/** The arguments for `fetch`. */
interface SentRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A page of a shop in a browser, whose scripts call the service. */
export class ShopPage {
  private constructor(
    private readonly page: Page,
    private readonly service: string,
  ) {}

  /**
   * @param address of the page.
   * @param service the service's origin.
   */
  static async open(browser: Browser, address: string, service: string): Promise<ShopPage> {
    const page = await browser.newPage();
    await page.goto(address);
    return new ShopPage(page, service);
  }

  /** Calls `fetch` in the page's script, and returns what the script sees. */
  async fetch(path: string, token: string | undefined, request: SentRequest = {}): Promise<SeenResponse> {
    const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const { status, etag, text } = await this.page.evaluate(fetchInPage, {
      url: this.service + path,
      request: { ...request, headers: { ...authorization, ...request.headers } },
    });
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    return { status, etag, body };
  }

  async post(path: string, token: string | undefined, body: object): Promise<SeenResponse> {
    const headers = { 'Content-Type': 'application/json' };
    return this.fetch(path, token, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

/** Runs in the browser. */
async function fetchInPage({ url, request }: { url: string; request: SentRequest }) {
  const response = await fetch(url, request);
  return { status: response.status, etag: response.headers.get('etag'), text: await response.text() };
}

/** A shop on its own origin, with one empty page. */
export class ShopServer {
  private readonly server: Server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Shop</title>');
  });

  static async start(): Promise<ShopServer> {
    const shop = new ShopServer();
    shop.server.listen(0, '127.0.0.1');
    await once(shop.server, 'listening');
    return shop;
  }

  get origin(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
    return `http://${HOST_NAME}:${address.port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
