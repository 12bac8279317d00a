import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../support/root.js';

/** A project whose compiler and bundler only note that they ran. */
const FILES = {
  'package.json': '{}',
  'package-lock.json': '{}',
  'tsconfig.json': '{}',
  'tsconfig.build.json': '{}',
  'apps/api/main.ts': 'first',
  'bench/bench.ts': '',
  'libs/cart/lua/add.lua': 'return 1',
  'scripts/start.ts': '',
  'test/fuzz/fuzz.ts': '',
  'test/support/tokens.ts': '',
  'test/e2e/cart.e2e-spec.ts': '',
  'tools/redis.ts': '',
  'node_modules/typescript/bin/tsc': `
    const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
    if (require('node:fs').readFileSync('apps/api/main.ts', 'utf8') === 'broken') process.exit(2);
    appendFileSync('builds.log', 'x');
    mkdirSync('dist/scripts', { recursive: true });
    writeFileSync('dist/scripts/bundle.js', '');`,
};

let project: string;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'cartwright-build-'));
  for (const [file, text] of Object.entries(FILES)) await write(file, text);
  expect(build()).toMatchObject({ status: 0, builds: 1, stdout: '', stderr: 'Building …\n' });
});
afterEach(async () => {
  await rm(project, { recursive: true });
});

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(project, file)), { recursive: true });
  await writeFile(join(project, file), text);
}

function build(...args: string[]) {
  const run = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), ...args], {
    cwd: project,
    encoding: 'utf8',
  });
  const builds = readFileSync(join(project, 'builds.log'), 'utf8').length;
  return { status: run.status, stdout: run.stdout, stderr: run.stderr, builds };
}

describe('scripts/build.mjs --if-changed', () => {
  it('does and prints nothing if the sources are those of the last build', () => {
    expect(build('--if-changed')).toEqual({ status: 0, stdout: '', stderr: '', builds: 1 });
  });

  it.each<[what: string, change: () => Promise<void>]>([
    ['a changed source', async () => write('apps/api/main.ts', 'other')],
    ['a new source', async () => write('libs/cart/cart.ts', '')],
    ['a removed source', async () => rm(join(project, 'tools/redis.ts'))],
    ['a changed Lua script', async () => write('libs/cart/lua/add.lua', 'return 22')],
    ['a changed package.json', async () => write('package.json', '{ }')],
    ['a removed dist folder', async () => rm(join(project, 'dist'), { recursive: true })],
  ])('builds again after %s, once', async (_what, change) => {
    await change();
    expect(build('--if-changed')).toMatchObject({ status: 0, builds: 2 });
    expect(build('--if-changed')).toMatchObject({ status: 0, builds: 2 });
  });

  it('does not build again for a changed test', async () => {
    await write('test/e2e/cart.e2e-spec.ts', 'other');
    expect(build('--if-changed')).toMatchObject({ builds: 1 });
  });

  it('builds again after a build that failed', async () => {
    await write('apps/api/main.ts', 'broken');
    expect(build('--if-changed')).toMatchObject({ status: 2 });
    await write('apps/api/main.ts', 'first');
    expect(build('--if-changed')).toMatchObject({ status: 0, builds: 2 });
  });
});

describe('scripts/build.mjs', () => {
  it('always builds, and copies the Lua scripts', () => {
    expect(build()).toMatchObject({ status: 0, builds: 2 });
    expect(readFileSync(join(project, 'dist/libs/cart/lua/add.lua'), 'utf8')).toBe('return 1');
  });

  it('builds from the files that an image is built from', async () => {
    for (const folder of ['bench', 'test']) await rm(join(project, folder), { recursive: true });
    expect(build()).toMatchObject({ status: 0, builds: 2 });
  });

  it('says that the packages must be installed', async () => {
    await rm(join(project, 'node_modules'), { recursive: true });
    expect(build()).toMatchObject({ status: 1, stderr: expect.stringContaining('"npm ci"') });
    expect(existsSync(join(project, 'dist'))).toBe(true);
  });

  it('accepts the versions of Node that `engines` has, and names the version to use for others', () => {
    const versions = ['18.20.8', '20.18.3', '20.19.0', '21.7.3', '22.12.0', '22.13.0', '23.0.0', '24.19.0', '26.1.0'];
    const module = JSON.stringify(join(ROOT, 'scripts/build/supported-node.mjs'));
    const texts = `${JSON.stringify(versions)}.map((version) => unsupportedNode(version) ?? '')`;
    const script = `import(${module}).then(({ unsupportedNode }) => console.log(JSON.stringify(${texts})))`;
    const messages: string[] = JSON.parse(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout);
    const rejected = versions.filter((_version, index) => messages[index] !== '');
    expect(rejected).toEqual(['18.20.8', '20.18.3', '21.7.3', '22.12.0', '23.0.0']);
    expect(messages[0]).toMatch(/needs Node 24 .*this is Node 18\.20\.8\.[^]*nvm install 24/);
    expect(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).engines.node).toBe(
      '^20.19.0 || ^22.13.0 || >=24',
    );
  });

  it('or the bundle checks the version of Node before anything else in every script of package.json', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const checks =
      /^node (scripts\/build\.mjs|scripts\/build\/require-supported-node\.mjs|(--\S+ )*dist\/api\/main\.js)|^npm run --silent pretest\b/;
    for (const name of Object.keys(scripts).filter((each) => !each.startsWith('pre')))
      expect([name, scripts[`pre${name}`] ?? scripts[name]]).toEqual([name, expect.stringMatching(checks)]);
  });
});

describe('an entry of the bundle', () => {
  it.each(['main.js', 'token.js'])(
    '%s loads the check of the version of Node first, and all else after it',
    (entry) => {
      const text = readFileSync(join(ROOT, 'dist/api', entry), 'utf8');
      expect(text).toMatch(/^import '\.\/require-supported-node\.mjs';\nawait import\('\.\/[\w-]+\.js'\);\n$/);
    },
  );

  it.each(['main.js', 'token.js'])('%s names the version to use on another Node, and exits with 1', async (entry) => {
    // A Node that says it is an old one: the check reads its version when it is loaded.
    await write('old.mjs', `Object.defineProperty(process.versions, 'node', { value: '18.20.8' });`);
    const args = ['--import', join(project, 'old.mjs'), join(ROOT, 'dist/api', entry)];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^Cartwright needs Node 24 .*this is Node 18\.20\.8\./),
    });
  });
});
