import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { runProgram } from '../support/run-program.js';
import { ROOT } from '../support/root.js';
import { seedProducts } from '../support/seeded-products.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });
/** Inside the project, where Node finds the client. */
const FOLDER = join(ROOT, 'dist/client-docs');

/** The blocks of the page, one after the other. */
function programOf(page: string): string {
  const markdown = readFileSync(join(ROOT, page), 'utf8');
  return [...markdown.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code).join('\n');
}

beforeAll(async () => {
  await seedProducts(api.url);
  mkdirSync(FOLDER, { recursive: true });
});
afterAll(() => {
  rmSync(FOLDER, { recursive: true });
});

// The compiler takes its time while other tests run.
jest.setTimeout(120_000);

const PAGES: readonly [page: string, printed: readonly unknown[]][] = [
  ['packages/client/README.md', ['1 in the cart', "[ '1 × mug' ]", expect.stringMatching(/^quantity: must not be/)]],
  ['docs/client.md', ['2 19', expect.stringContaining('quantity'), '1 items', 'anna']],
  [
    'docs/tutorial.md',
    [
      ...['2 19', '3 × Lamp: 28.5', 'Total: 28.5 USD', 'quantity_limit_exceeded', '3 in the cart', '4 in the cart'],
      ...['lamp: 4 taken over', '4 × Lamp: 38', 'Total: 38 USD', 'lamp: 9.5 → 11', 'open 44', 'completed', '0'],
    ],
  ],
];

describe.each(PAGES)('the program of %s', (page, printed) => {
  const program = programOf(page);

  it('has the right types', () => {
    writeFileSync(join(FOLDER, 'program.ts'), program);
    const compilerOptions = { strict: true, noEmit: true, target: 'es2022', module: 'nodenext', types: ['node'] };
    writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', FOLDER], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  it('runs against the service, and again with the same output', async () => {
    const { code } = transformSync(program.replaceAll('http://127.0.0.1:8001', api.url), {
      loader: 'ts',
      format: 'esm',
    });
    writeFileSync(join(FOLDER, 'program.mjs'), code);
    for (const run of ['first', 'second']) {
      const ended = await runProgram(process.execPath, [join(FOLDER, 'program.mjs')], {});
      expect({ run, ...ended }).toMatchObject({ run, code: 0, stderr: '' });
      expect(ended.stdout.split('\n')).toEqual(expect.arrayContaining([...printed]));
    }
  });
});
