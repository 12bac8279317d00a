import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../support/root.js';

/** What generators of clients make of `openapi.json`. */
const run = promisify(execFile);

// Two generators and a compiler, on processors that other tests use, too.
jest.setTimeout(180_000);

const FILE = join(ROOT, 'openapi.json');
describe('a generated client compiles under strict', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cartwright-client-'));
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));
  });
  afterEach(async () => rm(folder, { recursive: true }));

  it('by openapi-typescript', async () => {
    await execute('openapi-typescript/bin/cli.js', FILE, '--output', join(folder, 'api.ts'));
    await compile(`
      import type { components, operations } from './api.js';
      type Body<Id extends 'cart.add' | 'cart.merge'> = operations[Id]['requestBody']['content']['application/json'];
      type Problem = operations['cart.add']['responses'][409 | 412]['content']['application/problem+json'];
      type Event = operations['cart.follow']['responses'][200]['content']['text/event-stream'];

      export const added: Body<'cart.add'> = { product_id: 'laptop', quantity: 1 };
      export const merged: Body<'cart.merge'> = { guest_token: 'a field with a default may be left out' };
      export const batch: components['schemas']['BatchDto'] = { operations: [{ op: 'save', line_id: 'laptop' }] };
      export const version = (problem: Problem): number | undefined =>
        problem.code === 'version_mismatch' ? problem.version : undefined;
      export const change = (event: Event): string => ('changes' in event ? event.type : event.life);
      // @ts-expect-error Not a code of this status.
      export const wrong: Problem['code'] = 'forbidden';
    `);
  });

  it('by @hey-api/openapi-ts', async () => {
    const config = join(folder, 'openapi-ts.config.mjs');
    const sdk = {
      name: '@hey-api/sdk',
      operations: { strategy: 'single', containerName: 'Shop', nesting: 'operationId' },
    };
    const plugins = ['@hey-api/client-fetch', '@hey-api/typescript', sdk];
    const settings = { input: FILE, output: join(folder, 'client'), logs: { file: false, level: 'silent' }, plugins };
    await writeFile(config, `export default ${JSON.stringify(settings)};`);
    await execute('@hey-api/openapi-ts/bin/run.js', '--file', config);
    // Node's `fetch` knows no origin that a path could belong to.
    expect(await readFile(join(folder, 'client/client.gen.ts'), 'utf8')).toContain("baseUrl: 'http://127.0.0.1:8001'");
    await compile(`
      import { Shop } from './client/sdk.gen.js';

      const shop = new Shop();
      export const add = async () => shop.cart.add({ body: { product_id: 'laptop', quantity: 1 } });
      export const version = async (): Promise<number | undefined> => {
        const { data, error } = await shop.cart.batch({ body: { operations: [{ op: 'restore', line_id: 'laptop' }] } });
        return error?.code === 'version_mismatch' ? error.version : data?.version;
      };
      export const follow = async function* () {
        const { stream } = await shop.cart.follow();
        for await (const event of stream) yield 'changes' in event ? event.changes : event.version;
      };
      // @ts-expect-error The quantity is missing.
      export const wrong = async () => shop.cart.add({ body: { product_id: 'laptop' } });
    `);
  });

  async function compile(use: string): Promise<void> {
    await writeFile(join(folder, 'use.ts'), use);
    await execute('typescript/bin/tsc', '--project', folder);
  }
});

const COMPILER_OPTIONS = {
  strict: true,
  noEmit: true,
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2022', 'dom', 'dom.iterable'],
  types: [],
};

/** Runs a program of a development package. What it prints is in the error if it fails. */
async function execute(program: string, ...args: string[]): Promise<void> {
  await run(process.execPath, [join(ROOT, 'node_modules', program), ...args]).catch((error: unknown) => {
    const { stdout = '', stderr = '' } = Object(error);
    throw new Error(`${program} fails:\n${stdout}${stderr}`);
  });
}
