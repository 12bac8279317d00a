import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCommandLine } from './command-line/command-line.js';

/** `npm run layout`: prints the sizes of the source files of apps and libraries, excluding tests. */

parseCommandLine({
  help: `
Usage: npm run layout

Prints the sizes of the source files of apps and libraries, without their tests.`,
  options: {},
});

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = ['apps', 'libs'];
const SOURCE = /(?<!\.spec)\.(ts|lua)$/;
const LONG = 200;

const sizes = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => SOURCE.test(file))
    .map((file) => ({ file: join(folder, file), lines: linesOf(join(ROOT, folder, file)) })),
).sort((left, right) => left.lines - right.lines);
const long = sizes.filter(({ lines }) => lines > LONG);

process.stdout.write(
  `${sizes.length} files, median ${sizes[sizes.length >> 1]?.lines ?? 0} lines, ${long.length} of more than ${LONG}\n` +
    long.map(({ file, lines }) => `  ${lines} ${file}\n`).join(''),
);

function linesOf(path: string): number {
  return readFileSync(path, 'utf8').split('\n').length - 1;
}
