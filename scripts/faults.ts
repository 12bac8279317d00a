import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** `npm run faults -- <name>…`: brings the faults about that docs/reliability.md names and prints what was measured. */

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = ['test/faults', 'test/faults/long'];
const SUFFIX = '.e2e-spec.ts';

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => join(folder, file)),
);
const nameOf = (file: string): string => basename(file, SUFFIX);
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !files.some((file) => nameOf(file) === name));

if (chosen.length === 0 || unknown.length > 0) {
  for (const name of unknown) process.stderr.write(`There is no fault ${name}.\n`);
  process.stderr.write(`Usage: npm run faults -- <name>…\n${files.map((file) => `  ${nameOf(file)}`).join('\n')}\n`);
  process.exitCode = 1;
} else {
  const paths = files.filter((file) => chosen.includes(nameOf(file)));
  const { status } = spawnSync('npx', ['jest', '--verbose', '--runTestsByPath', ...paths], {
    cwd: ROOT,
    env: { ...process.env, TEST_LONG: 'true', FAULTS_REPORT: 'true' },
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
