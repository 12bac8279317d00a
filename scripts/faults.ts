import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseCommandLine } from './command-line/command-line.js';
import { exitWithUsageError } from './command-line/usage-error.js';

/** `npm run faults -- <name>…`: causes the faults described in docs/reliability.md and prints the measurements. */

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = ['test/faults', 'test/faults/long'];
const SUFFIX = '.e2e-spec.ts';

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => join(folder, file)),
);
const nameOf = (file: string): string => basename(file, SUFFIX);
const { positionals: chosen } = parseCommandLine({
  help: `
Usage: npm run faults -- <name>…

Causes these faults with real processes, and prints what it measures (docs/reliability.md):
${files.map((file) => `  ${nameOf(file)}`).join('\n')}`,
  options: {},
  maxPositionals: Infinity,
});
const unknown = chosen.filter((name) => !files.some((file) => nameOf(file) === name));
if (chosen.length === 0) exitWithUsageError('The name of a fault is missing');
if (unknown.length > 0) exitWithUsageError(`There is no fault ${unknown.join(', ')}`);

const paths = files.filter((file) => chosen.includes(nameOf(file)));
const { status } = spawnSync('npx', ['jest', '--verbose', '--runTestsByPath', ...paths], {
  cwd: ROOT,
  env: { ...process.env, TEST_LONG: 'true', FAULTS_REPORT: 'true' },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
