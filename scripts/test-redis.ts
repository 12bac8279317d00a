import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseCommandLine } from './command-line/command-line.js';
import { exitWithUsageError } from './command-line/usage-error.js';

/** `npm run test:redis -- acl|tls|sentinel|cluster [arguments of Jest]`: runs the end-to-end tests on another kind of Redis. */

const SHAPES = ['acl', 'tls', 'sentinel', 'cluster'];
const HELP = `
Usage: npm run test:redis -- ${SHAPES.join('|')} [arguments of Jest]

Runs the end-to-end tests, or those that the arguments name, on another kind of Redis.`;

// Only the first argument is ours.
const [first] = parseCommandLine({ help: HELP, options: {}, maxPositionals: 1 }, process.argv.slice(2, 3)).positionals;
if (first === undefined) exitWithUsageError('The kind of Redis is missing');
if (!SHAPES.includes(first)) exitWithUsageError(`The kind of Redis is one of ${SHAPES.join(', ')}`);

const args = process.argv.slice(3);
const { status } = spawnSync('npx', ['jest', ...(args.length > 0 ? args : ['test/e2e'])], {
  cwd: join(import.meta.dirname, '../..'),
  env: { ...process.env, TEST_REDIS: first },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
