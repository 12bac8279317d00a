import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { environmentSchema } from '#config';
import { ROOT } from '../support/root.js';

const TEXT = readFileSync(join(ROOT, '.env.example'), 'utf8');
const SETTING = /^# ([A-Z][A-Z0-9_]*)=(.*)$/gm;

/** The variables of the file in its order, with what stands behind the equals sign. */
const documented = Array.from(TEXT.matchAll(SETTING), ([, name = '', value = '']) => ({ name, value }));

/** A copy of the file with every setting uncommented. */
const uncommented = parseEnv(TEXT.replaceAll(SETTING, '$1=$2'));

const schemas = Object.entries(environmentSchema.shape);

/** What a schema makes of a text; an empty one counts as not set, as the service has it. */
const valueOf = (schema: (typeof schemas)[number][1], text: string | undefined): unknown =>
  schema.parse(text === '' ? undefined : text);

describe('.env.example', () => {
  it('lists every variable of the schema, once and in its order', () => {
    expect(documented.map(({ name }) => name)).toEqual(Object.keys(environmentSchema.shape));
  });

  it('sets nothing by default, so that an unedited copy changes nothing', () => {
    expect(parseEnv(TEXT)).toEqual({});
  });

  it('contains no unknown variable when uncommented', () => {
    expect(Object.keys(uncommented).sort()).toEqual(Object.keys(environmentSchema.shape).sort());
  });

  it.each(schemas)('shows the default of %s, or nothing if there is none', (name, schema) => {
    const value = valueOf(schema, undefined);
    const isNothing = value === undefined || (Array.isArray(value) && value.length === 0);
    expect(uncommented[name] === '').toBe(isNothing);
    expect(valueOf(schema, uncommented[name])).toEqual(value);
  });

  it('explains every variable in the line above it', () => {
    for (const [setting] of TEXT.matchAll(SETTING)) {
      const [above = ''] = TEXT.slice(0, TEXT.indexOf(setting)).split('\n').slice(-2);
      expect({ setting, above }).toEqual({ setting, above: expect.stringMatching(/^# .*\.$/) });
    }
  });
});
