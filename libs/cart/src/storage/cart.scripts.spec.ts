import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every Lua script of the service, with the text of what it includes. */
const LIBRARIES = join(__dirname, '../../..');
const SCRIPTS = readdirSync(LIBRARIES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.lua'));

const read = (file: string): string => readFileSync(join(LIBRARIES, file), 'utf8');
const included = (file: string): string[] =>
  Array.from(read(file).matchAll(/^-- include: (\w+)$/gm), ([, name]) => join(file, '..', `${name}.lua`)).flatMap(
    (other) => [other, ...included(other)],
  );
const codeOf = (file: string): string => read(file).replaceAll(/--.*$/gm, '');
const headerOf = (file: string): string => /^(?:--.*\n)+/.exec(read(file))?.[0] ?? '';
const headersOf = (file: string): string => [file, ...included(file)].map(headerOf).join('\n');
/** All comments of a script: an included one describes each of its functions where that stands. */
const commentsOf = (file: string): string => read(file).match(/--.*$/gm)?.join('\n') ?? '';
const isIncluded = (file: string): boolean => headerOf(file).startsWith('-- Included by other scripts');

/** The numbers of KEYS or ARGV in a text; a loop over the rest of ARGV begins with `at = 9`. */
function numbers(text: string, array: 'KEYS' | 'ARGV'): number[] {
  const pattern = array === 'KEYS' ? /KEYS\[(\d+)\]/g : /(?:ARGV\[|\bat = |saved_at = )(\d+)/g;
  return Array.from(new Set(Array.from(text.matchAll(pattern), ([, index]) => Number(index))));
}

describe.each(SCRIPTS)('the header of %s', (file) => {
  it.each(['KEYS', 'ARGV'] as const)('names all %s that the script uses, itself or by what it includes', (array) => {
    expect(numbers(headersOf(file), array)).toEqual(expect.arrayContaining(numbers(codeOf(file), array)));
  });

  it.each(['KEYS', 'ARGV'] as const)('names no %s that nobody uses', (array) => {
    const used = [file, ...included(file)].flatMap((part) => numbers(codeOf(part), array));
    if (!isIncluded(file)) expect(used).toEqual(expect.arrayContaining(numbers(headerOf(file), array)));
  });

  it('names every code that the script answers with', () => {
    const answered = Array.from(codeOf(file).matchAll(/return (?:nil, nil, )?\{\s*'(\w+)'/g), ([, code]) => code);
    const told = isIncluded(file) ? commentsOf(file) : headersOf(file).replace('as cart.lua answers it', "'ok'");
    for (const code of answered) expect(told).toContain(`'${String(code)}'`);
  });

  it('says what the script is for and what it answers', () => {
    expect(headerOf(file)).toMatch(/^-- [A-Z].+/);
    if (!isIncluded(file)) expect(headerOf(file)).toContain('Result:');
  });
});

it('no script decodes or encodes JSON', () => {
  for (const file of SCRIPTS) expect(codeOf(file)).not.toContain('cjson');
});
