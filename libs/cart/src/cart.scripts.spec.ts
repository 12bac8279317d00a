import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every Lua script of the service, with the text of what it includes. */
const LIBRARIES = join(__dirname, '../..');
const SCRIPTS = readdirSync(LIBRARIES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.lua'));

const read = (file: string): string => readFileSync(join(LIBRARIES, file), 'utf8');
const included = (file: string): string[] =>
  Array.from(read(file).matchAll(/^-- include: (\w+)$/gm), ([, name]) => join(file, '..', `${name}.lua`));
const codeOf = (file: string): string =>
  [file, ...included(file)].map((part) => read(part).replaceAll(/--.*$/gm, '')).join('\n');
const headerOf = (file: string): string => /^(?:--.*\n)+/.exec(read(file))?.[0] ?? '';
const numbers = (text: string, array: string): number[] =>
  Array.from(
    new Set(Array.from(text.matchAll(new RegExp(`${array}\\[(\\d+)\\]`, 'g')), ([, index]) => Number(index))),
  ).sort((a, b) => a - b);

const isIncluded = (file: string): boolean => headerOf(file).startsWith('-- Included by other scripts');

describe.each(SCRIPTS.filter((file) => !isIncluded(file)))('the header of %s', (file) => {
  it('names just the KEYS and ARGV that the script uses', () => {
    expect(numbers(headerOf(file), 'KEYS')).toEqual(numbers(codeOf(file), 'KEYS'));
    expect(numbers(headerOf(file), 'ARGV')).toEqual(numbers(codeOf(file), 'ARGV'));
  });

  it('names every code that the script answers with', () => {
    const answered = Array.from(codeOf(file).matchAll(/return \{\s*'(\w+)'/g), ([, code]) => String(code));
    const header = headerOf(file).replace('as cart.lua answers it', "'ok'");
    for (const code of answered) expect(header).toContain(`'${code}'`);
  });

  it('says what the script is for and what it answers', () => {
    expect(headerOf(file)).toMatch(/^-- [A-Z].+/);
    expect(headerOf(file)).toContain('Result: ');
  });
});

it('no script decodes or encodes JSON', () => {
  for (const file of SCRIPTS) expect(codeOf(file)).not.toContain('cjson');
});
