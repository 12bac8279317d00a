import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { documented, documentedText } from '../support/documented-answer.js';
import { itWith } from '../support/it-with.js';
import { examplesOf, type Example } from '../support/markdown-examples.js';
import { ROOT } from '../support/root.js';
import { seedProducts } from '../support/seeded-products.js';
import { CURL_REFUSED, PYTHON, Terminal } from '../support/terminal.js';
import { TEST_SECRET } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });
beforeAll(async () => seedProducts(api.url));

function examplesIn(page: string): Example[] {
  return examplesOf(readFileSync(join(ROOT, 'docs', page), 'utf8'));
}

/** The example as it reaches the service of this test, with what `npm run token` runs once it has built. */
function asRunHere(code: string): string {
  return code
    .replaceAll('http://127.0.0.1:8001', api.url)
    .replaceAll('npm run --silent token --', `'${process.execPath}' dist/api/token.js`)
    .replaceAll(
      'redis-cli -s .data/redis/redis.sock',
      `redis-cli --no-raw -s '${resolve(api.server.url.replace('unix:', ''))}'`,
    );
}

/** What a page says that an example prints: JSON of the documented form, or the very text. */
function expectPrinted(stdout: string, { printed }: Example): void {
  if (printed === undefined) expect(stdout).toBe('');
  else if (printed.language === 'json') expect(JSON.parse(stdout)).toEqual(documented(JSON.parse(printed.text)));
  else expect(stdout.replaceAll('\r\n', '\n').trimEnd()).toMatch(documentedText(printed.text.trimEnd()));
}

/** Whether the page shows an error: curl then fails, as it does of any other example that is refused. */
function showsProblem({ language, printed }: Example): boolean {
  if (language !== 'bash' || printed?.language !== 'json') return false;
  const { status } = JSON.parse(printed.text);
  return typeof status === 'number' && status >= 400;
}

/** Programs that examples need, each with a run that succeeds where it is there. */
const PROGRAMS: Readonly<Record<string, readonly [file: string, ...args: string[]]>> = {
  bash: ['bash', '--version'],
  'curl 7.76 or later': ['curl', '--fail-with-body', '--version'],
  "the system's Python with requests": [PYTHON, '-c', 'import requests'],
  'redis-cli': ['redis-cli', '--version'],
};
const absent = Object.entries(PROGRAMS)
  .filter(([, [file, ...args]]) => spawnSync(file, args, { stdio: 'ignore' }).status !== 0)
  .map(([name]) => name);

/** The later examples build on what the earlier ones did, so all need the same; redis-cli only looks on. */
function lacks({ code }: Example): string[] {
  return absent.filter((name) => name !== 'redis-cli' || code.includes(name));
}

describe.each([
  'usage.md',
  'carts.md',
  'accounts.md',
  'service-tokens.md',
  'from-the-guide.md',
  'migrating-from-sessions.md',
])('an example in docs/%s prints what the page shows', (page) => {
  let terminal: Terminal;
  beforeAll(async () => {
    // As production, so that a `.env` in the project's folder does not count.
    terminal = await Terminal.open({ JWT_SECRET: TEST_SECRET, NODE_ENV: 'production' });
  });
  afterAll(async () => terminal.close());

  for (const example of examplesIn(page)) {
    const { heading, line, language, code } = example;
    const name = `${heading}: ${language} on line ${line}`;
    const check = async (): Promise<void> => {
      const { code: exitCode, stdout, stderr } = await terminal.paste(language, asRunHere(code));
      expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: showsProblem(example) ? CURL_REFUSED : 0 });
      expectPrinted(stdout, example);
    };
    itWith(lacks(example), name, check);
  }
});

const GUIDE_ENDPOINTS = [
  ...['POST /cart/add', 'GET /cart', 'PUT /cart/update/{id}', 'DELETE /cart/remove/{id}', 'DELETE /cart/clear'],
  ...['GET /cart/count', 'POST /session/create', 'GET /session/{id}', 'DELETE /session/{id}'],
  ...['POST /cache/product/{id}', 'GET /cache/product/{id}', 'GET /health', 'GET /redis/info'],
];

const REQUESTS = {
  bash: /curl (?:-X (?<method>\w+) )?"http:\/\/127\.0\.0\.1:8001(?<path>[^"?]*)/g,
  python: /\.(?<method>get|post|put|delete)\(\s*f?"http:\/\/127\.0\.0\.1:8001(?<path>[^"?]*)/g,
};

describe('docs/usage.md', () => {
  it.each(['bash', 'python'] as const)('shows every endpoint of the guide in %s', (language) => {
    const shown = examplesIn('usage.md')
      .filter((example) => example.language === language)
      .flatMap(({ code }) => [...code.matchAll(REQUESTS[language])])
      .map(({ groups: { method = 'get', path = '' } = {} }) => `${method.toUpperCase()} ${withoutId(path)}`);
    expect(shown).toEqual(expect.arrayContaining(GUIDE_ENDPOINTS));
  });
});

function withoutId(path: string): string {
  return path.replace(/^(\/(?:cart\/update|cart\/remove|cache\/product|session))\/(?!create$).+/, '$1/{id}');
}
