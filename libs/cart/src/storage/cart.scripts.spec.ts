import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every Lua script of the service, with the text of what it includes. */
const LIBRARIES = join(__dirname, '../../..');
const SCRIPTS = readdirSync(LIBRARIES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.lua'));

const read = (file: string): string => readFileSync(join(LIBRARIES, file), 'utf8');
const included = (file: string): string[] =>
  Array.from(read(file).matchAll(/^-- include: ([\w/]+)$/gm), ([, name]) =>
    join(folderOf(file), `${name}.lua`),
  ).flatMap((other) => [other, ...included(other)]);
/** The folder with the scripts of a library. */
const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/lua/') + '/lua'.length);
const codeOf = (file: string): string => read(file).replaceAll(/--.*$/gm, '');
const headerOf = (file: string): string => /^(?:--.*\n)+/.exec(read(file))?.[0] ?? '';
const headersOf = (file: string): string => [file, ...included(file)].map(headerOf).join('\n');
/** All comments of a script: an included one describes each of its functions in front of it. */
const commentsOf = (file: string): string => read(file).match(/--.*$/gm)?.join('\n') ?? '';

const LIBRARY_FILES = SCRIPTS.filter((file) => file.includes('/lua/lib/'));
const MAIN_FILES = SCRIPTS.filter((file) => !LIBRARY_FILES.includes(file));

/** The numbers of KEYS or ARGV in a text; a loop over the rest of ARGV begins at a local such as `first = 9`. */
function numbers(text: string, array: 'KEYS' | 'ARGV'): number[] {
  const pattern = new RegExp(`${array}\\[(?:\\d+\\.\\.)?(\\d+)\\]`, 'g');
  return Array.from(new Set(Array.from(text.matchAll(pattern), ([, index]) => Number(index)))).toSorted(
    (a, b) => a - b,
  );
}

/** The keys and arguments that `write_request` takes. */
const OF_EVERY_WRITE = { KEYS: 5, ARGV: 10 };
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe.each(MAIN_FILES)('the header of %s', (file) => {
  it.each(['KEYS', 'ARGV'] as const)('names each of %s', (array) => {
    const isWrite = codeOf(file).includes('write_request(KEYS, ARGV)');
    const others = numbers(codeOf(file), array);
    const documented = numbers(headerOf(file), array).flatMap((last) =>
      isWrite && last === OF_EVERY_WRITE[array] ? upTo(last) : [last],
    );
    expect(documented).toEqual(expect.arrayContaining(others));
  });

  it('names no key or argument that the script does not use', () => {
    for (const array of ['KEYS', 'ARGV'] as const) {
      const isWrite = codeOf(file).includes('write_request(KEYS, ARGV)');
      const own = numbers(headerOf(file), array).filter((number) => !(isWrite && number <= OF_EVERY_WRITE[array]));
      // The first of a list is used by a local, such as `first = 9`, or behind the one before it.
      for (const number of own)
        expect(codeOf(file)).toMatch(new RegExp(`\\b${number}\\b|_keys\\(KEYS\\)|${array}\\[\\w+ \\+|, ARGV\\n`));
    }
  });

  it('is followed by a local name for each of them', () => {
    const code = codeOf(file).split('\n');
    const direct = code.filter((line) => /\b(?:KEYS|ARGV)\[\d+\]/.test(line));
    expect(direct.filter((line) => !line.startsWith('local '))).toEqual([]);
  });

  it('describes the purpose of the script and what it returns', () => {
    expect(headerOf(file)).toMatch(/^-- [A-Z].+/);
    expect(headerOf(file)).toContain('Result:');
  });
});

describe.each(LIBRARY_FILES)('the included %s', (file) => {
  it('takes keys and arguments only as parameters', () => {
    expect(codeOf(file)).not.toMatch(/\b(?:KEYS|ARGV)\b/);
  });

  it('describes its purpose', () => {
    expect(headerOf(file)).toMatch(/^-- Included by other scripts: .+/);
  });
});

it.each(SCRIPTS)('the comments of %s name every code that it returns', (file) => {
  const returned = Array.from(codeOf(file).matchAll(/return (?:nil, nil, )?\{\s*'(\w+)'/g), ([, code]) => code);
  const named = LIBRARY_FILES.includes(file)
    ? commentsOf(file)
    : headersOf(file).replace('as lib/cart.lua returns it', "'ok'");
  for (const code of returned) expect(named).toContain(`'${String(code)}'`);
});

/** What `is_json` does. */
const VALIDATION = /pcall\(cjson\.(?:decode, text|encode, value)\)/g;

it('no script uses what cjson makes of JSON: it turns [] into {} and rounds large integers', () => {
  for (const file of SCRIPTS) expect(codeOf(file).replaceAll(VALIDATION, '')).not.toContain('cjson');
});
