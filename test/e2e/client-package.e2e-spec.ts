import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { ROOT } from '../support/root.js';

const PACKAGE = join(ROOT, 'packages/client');

/** Programs of the registry, as npm scripts find them. */
function run(program: string, args: readonly string[], cwd = PACKAGE) {
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin', program), args, {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
  return { status, output: stdout + stderr };
}

// The compiler takes its time while other tests run.
jest.setTimeout(120_000);

let folder: string;
let archive: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cartwright-client-'));
  const { stdout } = spawnSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: PACKAGE,
    encoding: 'utf8',
  });
  const [{ filename }]: [{ filename: string }] = JSON.parse(stdout);
  archive = join(folder, filename);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('@cartwright/client', () => {
  it('has the types of the document: npm run generate', () => {
    const { generate }: { generate: string } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).scripts;
    const [program = '', ...args] = generate.replace('src/openapi.ts', join(folder, 'openapi.ts')).split(' ');
    expect(run(program, args)).toMatchObject({ status: 0 });
    const committed = readFileSync(join(PACKAGE, 'src/openapi.ts'), 'utf8');
    // Not toBe: the difference of two files of this size takes Jest minutes.
    expect(readFileSync(join(folder, 'openapi.ts'), 'utf8') === committed).toBe(true);
  });

  it('can be published: publint has nothing to say', () => {
    const { status, output } = run('publint', [archive, '--strict']);
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('All good') });
  });

  it('has types that are right for every ES module: attw finds no problem', () => {
    const { status, output } = run('attw', [archive, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji']);
    expect({ status, output }).toEqual({ status: 0, output: expect.stringMatching(/node16 \(from ESM\): OK/) });
    expect(output).toMatch(/bundler: OK/);
  });

  it('has no dependency, and says what is in it', () => {
    const { dependencies, peerDependencies }: Record<string, unknown> = JSON.parse(
      readFileSync(join(PACKAGE, 'package.json'), 'utf8'),
    );
    expect([dependencies, peerDependencies]).toEqual([undefined, undefined]);
    const { stdout } = spawnSync('tar', ['-tzf', archive], { encoding: 'utf8' });
    expect(stdout).toContain('package/README.md');
    expect(stdout).toContain('package/LICENSE');
    expect(stdout).not.toMatch(/spec|\.ts$(?<!\.d\.ts)/m);
  });

  it('is small in a page: at most 8 KB, compressed', () => {
    const { outputFiles } = buildSync({
      entryPoints: [join(PACKAGE, 'dist/index.js')],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      write: false,
    });
    const [bundle] = outputFiles;
    expect(gzipSync(bundle?.contents ?? '').length).toBeLessThan(8 * 1024);
  });

  it('gives a strict program types of requests, responses and problems', () => {
    writeFileSync(
      join(folder, 'shop.ts'),
      `import { createClient, isProblem, type Cart, type LineChange } from '@cartwright/client';
const { cart, auth } = createClient({ baseUrl: 'http://127.0.0.1' });
const added: Cart = await cart.add({ product_id: 'mug', quantity: 1 });
const price: number | null = added.items[0]!.price;
// @ts-expect-error: a quantity is a number
await cart.add({ product_id: 'mug', quantity: '1' });
// @ts-expect-error: there is no such field
added.itmes;
try { await auth.signIn({ email: '', password: '' }); } catch (error) {
  if (isProblem(error, 'price_changed')) error.problem.price_changes[0]!.current_price.toFixed(2);
  // @ts-expect-error: not all problems have it
  if (isProblem(error, 'cart_empty')) error.problem.price_changes;
  // @ts-expect-error: there is no such code
  isProblem(error, 'cart_emtpy');
}
for await (const event of cart.follow()) {
  const version: number = event.version;
  // @ts-expect-error: only changes have lines
  event.changes;
  if (event.event === 'sync') continue;
  const [line]: LineChange[] = event.changes ?? [];
  const facts: [string, string | undefined, number | undefined] = [event.at, event.actor, line?.after];
  // @ts-expect-error: there is no such field
  line?.quantity;
}
// @ts-expect-error: a client with a token does not sign in
createClient({ baseUrl: '', token: 'token' }).auth;
export { price };
`,
    );
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const compilerOptions = {
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      target: 'es2022',
      module: 'nodenext',
      lib: ['es2022', 'dom'],
      types: [],
      paths: { '@cartwright/client': [join(PACKAGE, 'dist/index.d.ts')] },
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['shop.ts'] }));
    expect(run('tsc', ['-p', folder])).toEqual({ status: 0, output: '' });
  });
});
