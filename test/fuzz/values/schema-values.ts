import fc from 'fast-check';
import type { Schema } from '../../support/api-document.js';
import { FIELD_HINTS } from './field-hints.js';
import { MARK, type Value } from './value.js';

const DEFAULT_MAX_LENGTH = 60;
const DEFAULT_MAX_ITEMS = 6;
const DEFAULT_MAX_NUMBER = 1_000_000;
/** With more, bodies would exceed the size limit of a request too often. */
const MAX_ITEMS = 5;

/** Values that a schema allows, as far as the schema is precise. */
export function schemaValues(schema: Schema, name = ''): fc.Arbitrary<Value> {
  const hint = FIELD_HINTS[name];
  const values = hint ?? plainValues(schema);
  return schema.nullable === true ? fc.oneof({ weight: 9, arbitrary: values }, fc.constant(null)) : values;
}

function plainValues(schema: Schema): fc.Arbitrary<Value> {
  const { oneOf, type } = schema;
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum.map(toValue));
  if (oneOf !== undefined) return fc.oneof(...oneOf.map((each) => schemaValues(each)));
  switch (type) {
    case 'string':
      return strings(schema);
    case 'integer':
      return integers(schema);
    case 'number':
      return integers(schema).map((number) => number / 100);
    case 'boolean':
      return fc.boolean();
    case 'array':
      return arrays(schema);
    default:
      return objects(schema);
  }
}

function strings({ maxLength = DEFAULT_MAX_LENGTH, minLength = 0, pattern }: Schema): fc.Arbitrary<Value> {
  if (pattern !== undefined) return fc.nat({ max: 9 }).map((number) => `${MARK}${number}`);
  const room = maxLength - MARK.length;
  if (room < minLength) return fc.string({ minLength, maxLength });
  const texts = fc.string({ unit: 'grapheme', maxLength: Math.min(room, DEFAULT_MAX_LENGTH) });
  return fc.oneof(
    { weight: 12, arbitrary: texts.map((text) => fitting(`${MARK}${text}`, minLength, maxLength)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('x', 'é', '🛒').map((unit) => `${MARK}${unit.repeat(room / unit.length)}`),
    },
  );
}

function fitting(text: string, minLength: number, maxLength: number): string {
  return text.padEnd(minLength, '.').slice(0, maxLength).toWellFormed();
}

function integers({ minimum = 0, maximum = DEFAULT_MAX_NUMBER }: Schema): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: minimum, max: Math.min(maximum, minimum + 5) }) },
    { weight: 2, arbitrary: fc.integer({ min: minimum, max: maximum }) },
    { weight: 1, arbitrary: fc.constantFrom(minimum, maximum) },
  );
}

function arrays({ items = {}, minItems = 0, maxItems = DEFAULT_MAX_ITEMS }: Schema): fc.Arbitrary<Value> {
  return fc.array(schemaValues(items), { minLength: minItems, maxLength: Math.min(maxItems, MAX_ITEMS) });
}

function objects(schema: Schema): fc.Arbitrary<Value> {
  const { properties, required = [], additionalProperties, maxProperties = DEFAULT_MAX_ITEMS } = schema;
  if (properties === undefined) {
    const members = typeof additionalProperties === 'object' ? schemaValues(additionalProperties) : anyJson();
    return fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }).map(named), members, { maxKeys: maxProperties });
  }
  const fields = Object.entries(properties).map(([name, property]) => {
    const values = schemaValues(property, name);
    return [name, required.includes(name) ? values : mostly(values)] as const;
  });
  return fc.record(Object.fromEntries(fields)).map(withoutUndefined);
}

function mostly(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ weight: 5, arbitrary: values }, { weight: 1, arbitrary: fc.constant(undefined) });
}

function withoutUndefined(fields: Readonly<Record<string, Value | undefined>>): Value {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Excludes names that reach a prototype; garbage.ts generates those. */
function named(text: string): string {
  return `k${text.toWellFormed()}`;
}

function anyJson(): fc.Arbitrary<Value> {
  const leaf = fc.oneof(
    fc.boolean(),
    fc.integer(),
    fc.constant(null),
    fc.string({ maxLength: 30 }).map((text) => MARK + text),
  );
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    fc.array(leaf, { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), leaf),
  );
}

function toValue(allowed: unknown): Value {
  return typeof allowed === 'string' || typeof allowed === 'number' || typeof allowed === 'boolean' ? allowed : null;
}
