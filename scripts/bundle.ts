import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'rolldown';

/**
 * The last step of `npm run build`: all that the service runs, in `dist/api/`. Node finds and reads 40 files instead of
 * 2,767, and a start takes half the time (docs/decisions/0027-bundle.md).
 */

const COMPILED_LIBRARIES = 'dist/libs';
const BUNDLE = 'dist/api';

/** Native code, and what Nest looks for in case it is installed. */
const LEFT_OUT = [/^@node-rs\//, /^@nestjs\/(microservices|websockets)/, /^@fastify\//];

await rm(BUNDLE, { recursive: true, force: true });
await build({
  input: 'dist/apps/api/src/main.js',
  platform: 'node',
  // Its paths lead to the sources, and this bundles what was compiled of them.
  tsconfig: false,
  // The `main` of jsonc-parser loads its parts in a way that no bundler can follow.
  resolve: { mainFields: ['module', 'main'] },
  external: LEFT_OUT,
  output: {
    dir: BUNDLE,
    chunkFileNames: 'packages/[name].js',
    // Not one file: reading a large one leaves the process 16 MiB larger, as malloc keeps the room that this took.
    codeSplitting: { groups: [{ test: /node_modules/, name: packageOf, debugName: 'packages' }] },
    comments: { legal: true, annotation: false, jsdoc: false },
  },
});
await copyLuaScripts();

/** The package of a module, by its path; with what only one package needs in the file of that one. */
function packageOf(module: string): string | null {
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module)?.[1]?.replace('/', '-') ?? null;
}

/** A library reads its scripts from the `lua` beside its code, and in the bundle all code of ours is in one place. */
async function copyLuaScripts(): Promise<void> {
  const folder = join(BUNDLE, 'lua');
  await mkdir(folder);
  const files = await readdir(COMPILED_LIBRARIES, { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.lua'))) {
    // Two libraries with a script of one name would get each other's.
    await cp(join(COMPILED_LIBRARIES, file), join(folder, basename(file)), { force: false, errorOnExist: true });
  }
}
