import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import './build/require-supported-node.mjs';
import { sourceFingerprint } from './build/source-fingerprint.mjs';

/**
 * `npm run build`: compiles to `dist/` and bundles the service. With `--if-changed`, as the other scripts call it, it does nothing
 * if the sources are those of the last build. Plain JavaScript, because it runs before anything is compiled, and on any Node.
 * Its output goes to standard error, so that `$(npm run --silent token …)` gets only the token.
 */

const ROOT = process.cwd();
const OUTPUT = join(ROOT, 'dist');
/** Written last: without it, the build is not complete. */
const STAMP = join(OUTPUT, '.fingerprint');
const COMPILER = 'node_modules/typescript/bin/tsc';
/** An image is built without the client. */
const CLIENT = 'packages/client/tsconfig.build.json';
const SHOP = 'apps/shop';
/** Folders with Lua scripts, which the compiler leaves out. */
const WITH_LUA = ['bench', 'libs', 'scripts'];

if (!existsSync(join(ROOT, COMPILER))) fail('The packages are not installed. Install them with "npm ci".');

const fingerprint = sourceFingerprint(ROOT);
if (!process.argv.includes('--if-changed') || fingerprint !== fingerprintOfBuild()) {
  process.stderr.write('Building …\n');
  rmSync(OUTPUT, { recursive: true, force: true });
  run(COMPILER, '-p', 'tsconfig.build.json');
  copyLuaScripts();
  run('dist/scripts/bundle.js');
  if (existsSync(join(ROOT, SHOP))) {
    run(COMPILER, '-p', SHOP);
    run('dist/scripts/bundle-shop.js');
  }
  if (existsSync(join(ROOT, CLIENT))) run(COMPILER, '-p', CLIENT);
  writeFileSync(STAMP, fingerprint);
}

function fingerprintOfBuild() {
  return existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : undefined;
}

/** @param {string[]} command a program for Node, and its arguments. */
function run(...command) {
  const { status } = spawnSync(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

function copyLuaScripts() {
  for (const folder of WITH_LUA.filter((each) => existsSync(join(ROOT, each)))) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('.lua'))) {
      cpSync(join(ROOT, folder, file), join(OUTPUT, folder, file));
    }
  }
}

/** @param {string} message */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
