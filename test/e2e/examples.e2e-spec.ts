import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { collectionOf } from '../../scripts/postman/collection.js';
import { readDocument } from '../../scripts/postman/openapi.js';
import { findChromium, startBrowser } from '../support/browser.js';
import { itWith } from '../support/it-with.js';
import { Postman, type Collection } from '../support/postman.js';
import { runProgram } from '../support/run-program.js';
import { ROOT } from '../support/root.js';
import { seedProducts } from '../support/seeded-products.js';
import { StaticServer } from '../support/static-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';
import { claimsOf, signToken } from '../support/tokens.js';

const CHROMIUM = findChromium();

// Chromium shares the processors with every other test.
jest.setTimeout(120_000);

let redis: TestRedis;
let api: TestApp;
let page: StaticServer;

beforeAll(async () => {
  redis = await TestRedis.start();
  page = await StaticServer.start(join(ROOT, 'examples/browser/index.html'));
  api = await startTestApp(redis, { AUTH_ACCOUNTS: 'true', CORS_ORIGINS: page.url });
  await seedProducts(api.url);
});
afterAll(async () => {
  await api.close();
  await page.stop();
  await redis.stop();
});

/** What every example shows of the visit. */
const VISIT = [
  '2 items, 19 USD',
  '3 items, version 2',
  'version_mismatch: the cart is at version 2',
  'checkout open: 28.5 USD',
];

function without(program: string): string[] {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0 ? [] : [program];
}

describe('examples', () => {
  it.each([['typescript/visit.ts']])('%s shows a visit, the feed, and the merge', async (file) => {
    const compiled = join(ROOT, 'dist/examples/visit.mjs');
    buildSync({
      entryPoints: [join(ROOT, 'examples', file)],
      bundle: true,
      packages: 'external',
      format: 'esm',
      outfile: compiled,
    });
    expect(await runProgram(process.execPath, [compiled], { CARTWRIGHT_URL: api.url })).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        ...VISIT.slice(0, 3),
        'sync: version 2',
        'change: version 3',
        'merged: 4 × mug',
        'checkout open: 38 USD\n',
      ].join('\n'),
    });
  });

  for (const [program, file] of [
    ['python3', 'python/visit.py'],
    ['bash', 'curl/visit.sh'],
  ] as const) {
    itWith(without(program), `${file} shows a visit`, async () => {
      const ended = await runProgram(program, [join('examples', file)], { CARTWRIGHT_URL: api.url });
      expect(ended).toEqual({ code: 0, stderr: '', stdout: `${VISIT.join('\n')}\n` });
    });
  }

  itWith(CHROMIUM === undefined ? ['chromium'] : [], 'browser/index.html shows a visit', async () => {
    const browser = await startBrowser(CHROMIUM ?? '');
    const tab = await browser.newPage();
    await tab.goto(`${page.url}/?service=${encodeURIComponent(api.url)}`);
    await tab.waitForFunction("document.title === 'Done'");
    expect(await tab.locator('li').allTextContents()).toEqual(VISIT);
    await browser.close();
  });
});

describe('examples/postman/collection.json', () => {
  const collection: Collection = JSON.parse(readFileSync(join(ROOT, 'examples/postman/collection.json'), 'utf8'));

  it('is made from the document: npm run generate', () => {
    const document = readDocument(JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')));
    expect(JSON.parse(JSON.stringify(collectionOf(document)))).toEqual(collection);
  });

  it('has requests that are all valid as they are, in their order', async () => {
    const token = signToken(claimsOf('user123', { roles: ['catalog', 'ops', 'orders', 'privacy'] }));
    const supportToken = signToken(claimsOf('help-desk', { roles: ['support'], act: { sub: 'agent-7' } }));
    const postman = new Postman(collection, { url: api.url, token, support_token: supportToken });
    const rejected: string[] = [];
    for (const { name, request } of collection.item.flatMap(({ item }) => item)) {
      const { status, text } = await postman.send(request);
      if ([400, 401, 403, 405, 415, 422].includes(status) || status >= 500 || text.includes('"not_found"'))
        rejected.push(`${request.method} ${request.url.raw} (${name}): ${text}`);
    }
    expect(rejected).toEqual([]);
  });
});
