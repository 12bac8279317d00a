import { cp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type InputOptions } from 'rolldown';

/**
 * The last step of `npm run build`: bundles everything that the service runs into `dist/api/`. Node then finds and reads 40 files
 * instead of 2,767, and a start takes half the time (docs/decisions/0027-bundle.md).
 */

const COMPILED_LIBRARIES = 'dist/libs';
const BUNDLE = 'dist/api';
const NODE_CHECK = ['require-supported-node.mjs', 'supported-node.mjs'];

/** Native code, and packages that Nest uses only if they are installed. */
const LEFT_OUT = [/^@node-rs\//, /^@nestjs\/(microservices|websockets)/, /^@fastify\//];

const COMMON = {
  platform: 'node',
  // Its paths lead to the sources, but this bundles the compiled files.
  tsconfig: false,
  // The `main` of jsonc-parser loads its parts in a way that bundlers cannot follow.
  resolve: { mainFields: ['module', 'main'] },
  external: LEFT_OUT,
} satisfies InputOptions;
const COMMENTS = { legal: true, annotation: false, jsdoc: false };

await rm(BUNDLE, { recursive: true, force: true });
await build({
  ...COMMON,
  input: { service: 'dist/apps/api/src/main.js' },
  output: {
    dir: BUNDLE,
    chunkFileNames: 'packages/[name].js',
    // Not a single file: reading a large one leaves the process 16 MiB larger, because malloc keeps the memory.
    codeSplitting: { groups: [{ test: /node_modules/, name: packageOf, debugName: 'packages' }] },
    comments: COMMENTS,
  },
});
await build({
  ...COMMON,
  // For containers, which have nothing else to sign a token with. On its own, so that the service's files stay as they are.
  input: 'dist/scripts/token.js',
  output: { file: join(BUNDLE, 'print-token.js'), codeSplitting: false, comments: COMMENTS },
});
await copyLuaScripts();
for (const file of NODE_CHECK) await cp(join('scripts/build', file), join(BUNDLE, file));
await writeEntry('main.js', 'service.js');
await writeEntry('token.js', 'print-token.js');

/** The package of a module, by its path. What only one package needs goes into the file of that package. */
function packageOf(module: string): string | null {
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module)?.[1]?.replace('/', '-') ?? null;
}

/**
 * A library reads its scripts from the `lua` folder next to its code, and what they include from `lua/lib`. In the bundle all of
 * our code is in one folder.
 */
async function copyLuaScripts(): Promise<void> {
  const files = await readdir(COMPILED_LIBRARIES, { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.lua'))) {
    // Two libraries with scripts of the same name would overwrite each other's.
    const target = join(BUNDLE, file.slice(file.lastIndexOf('lua/')));
    await cp(join(COMPILED_LIBRARIES, file), target, { force: false, errorOnExist: true });
  }
}

/**
 * Writes what is run: it checks the version of Node before it loads the program. An old Node would otherwise report a syntax error,
 * because it looks for everything that is imported before any code runs.
 */
async function writeEntry(entry: string, program: string): Promise<void> {
  await writeFile(join(BUNDLE, entry), `import './require-supported-node.mjs';\nawait import('./${program}');\n`);
}
