import type { Browser } from 'playwright-core';
import { ROLES } from '#auth';
import { describeInChromium, findChromium, HOST_NAME, startBrowser } from '../support/browser.js';
import { DocsPage } from '../support/docs-page.js';
import { claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const CHROMIUM = findChromium();

/** A screen on which an opened operation must fit. */
const SCREEN = { width: 1280, height: 800 };

// Sixty operations, each of which Swagger UI draws several times, while Chromium shares the processors with every other test.
jest.setTimeout(600_000);

/** The page itself ends streams. */
const isEndedStream = (fault: string): boolean => fault.endsWith('/cart/events net::ERR_ABORTED');

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });

describeInChromium('the operations of /docs', () => {
  let browser: Browser;
  let page: DocsPage;

  beforeAll(async () => {
    browser = await startBrowser(CHROMIUM ?? 'chromium');
  });
  afterAll(async () => browser.close());

  beforeEach(async () => {
    page = await DocsPage.open(browser, `http://${HOST_NAME}:${new URL(api.url).port}`, SCREEN);
  });
  afterEach(async () => page.close());

  it('fit a screen when they are open, and succeed as they are, in the order of the page, with a token that has all roles', async () => {
    await page.authorize(signToken(claimsOf('visitor', { roles: [...ROLES] })));
    const faults: string[] = [];
    const operations = await page.operations();
    expect(operations.length).toBeGreaterThan(60);
    for (const operation of operations) {
      await operation.toggle();
      const height = await operation.height();
      if (!(height <= SCREEN.height)) faults.push(`${operation.name} is ${height} px high`);
      const status = await operation.execute();
      if (status < 200 || status > 299) faults.push(`${operation.name}: ${status} ${await operation.body()}`);
      await operation.toggle();
    }
    expect(faults).toEqual([]);
    expect(page.faults.filter((fault) => !isEndedStream(fault))).toEqual([]);
  });

  it('of a stream show the events of the first seconds, and a command that follows it', async () => {
    await page.authorize(signToken(claimsOf('follower')));
    await page.execute('post', '/cart/add');
    const stream = (await page.operations()).find(({ path }) => path === '/cart/events');
    await stream?.toggle();
    expect(await stream?.execute()).toBe(200);
    expect(await stream?.body()).toMatch(/event: sync\nid: \S+\nretry: \d+\ndata: \{"life":"\w+","version":1\}/);
    expect(await stream?.command()).toMatch(/^curl -N .*\/cart\/events/s);
  });

  it('send the ids of the latest responses in place of the examples, and show it', async () => {
    await page.authorize(signToken(claimsOf('buyer')));
    await page.execute('post', '/cart/add');
    const { body: created } = await page.execute('post', '/cart/checkout');
    const { body: found } = await page.execute('get', '/cart/checkout/{checkout_id}');
    expect(created).toMatchObject({ checkout_id: expect.any(String), user_id: 'buyer' });
    expect(found).toEqual(created);
    const shown = (await page.operations()).find(({ name }) => name === 'GET /cart/checkout/{checkout_id}');
    expect(await shown?.command()).toContain(`/cart/checkout/${String(Object(created).checkout_id)}'`);
  });
});
