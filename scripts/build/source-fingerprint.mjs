import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * All that a build reads: `include` of tsconfig.build.json and what that imports, and the files that say how to build. An image is
 * built without some of the folders.
 */
const SOURCES = [
  'apps',
  'bench',
  'libs',
  'packages/client/src',
  'scripts',
  'test/drill',
  'test/fuzz',
  'test/support',
  'tools',
];
const SETTINGS = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'packages/client/package.json',
  'packages/client/tsconfig.json',
  'packages/client/tsconfig.build.json',
];

/**
 * Changes whenever a source file is added, removed or written. Reads no file, only names, sizes and times: about 20 ms.
 * @param {string} root the project's folder.
 * @returns {string}
 */
export function sourceFingerprint(root) {
  const folders = SOURCES.filter((folder) => existsSync(join(root, folder)));
  const files = [...SETTINGS, ...folders.flatMap((folder) => filesBelow(root, folder))];
  const lines = files.sort().map((file) => {
    const stats = statSync(join(root, file), { throwIfNoEntry: false });
    return `${file} ${stats?.size ?? 'none'} ${stats?.mtimeMs ?? ''}`;
  });
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(root, folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(root, path) : [path];
  });
}
