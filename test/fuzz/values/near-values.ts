import fc from 'fast-check';
import type { Schema } from '../../support/api-document.js';
import { oddValue } from './garbage.js';
import { isList, isObject, type Value } from './value.js';

/** One change of a value, and where to apply it. */
type Change = (value: Value, schema: Schema) => Value;

/** A value that a schema allows, with one thing wrong somewhere in it. */
export function nearValues(valid: fc.Arbitrary<Value>, schema: Schema): fc.Arbitrary<Value> {
  return fc
    .tuple(valid, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), change)
    .map(([value, way, apply]) => changed(value, schema, way, apply));
}

const change: fc.Arbitrary<Change> = fc.oneof(
  oddValue.map(
    (odd): Change =>
      () =>
        odd,
  ),
  fc.nat().map(
    (pick): Change =>
      (value, schema) =>
        picked(beyond(schema), pick) ?? value,
  ),
  oddValue.map(
    (odd): Change =>
      (value) =>
        isObject(value) ? { ...value, unknown_field: odd } : odd,
  ),
  fc.nat().map(
    (pick): Change =>
      (value) =>
        isObject(value) ? without(value, pick) : null,
  ),
);

/** Follows the path into the value and applies the change at its end. */
function changed(value: Value, schema: Schema, way: readonly number[], apply: Change): Value {
  const [step = 0, ...rest] = way;
  if (way.length === 0 || step % 4 === 0) return apply(value, schema);
  if (isList(value) && value.length > 0) {
    const at = step % value.length;
    return value.map((element, index) => (index === at ? changed(element, schema.items ?? {}, rest, apply) : element));
  }
  const name = isObject(value) ? picked(Object.keys(value), step) : undefined;
  if (!isObject(value) || name === undefined) return apply(value, schema);
  return { ...value, [name]: changed(value[name] ?? null, schema.properties?.[name] ?? {}, rest, apply) };
}

/** Values just beyond what the schema allows. */
function beyond({
  minimum,
  maximum,
  minLength = 0,
  maxLength,
  minItems = 0,
  maxItems,
  type,
  ...schema
}: Schema): Value[] {
  return [
    ...(minimum === undefined ? [] : [minimum - 1]),
    ...(maximum === undefined ? [] : [maximum + 1]),
    ...(type === 'integer' || type === 'number' ? [0.123456789] : []),
    ...(minLength > 0 ? ['x'.repeat(minLength - 1)] : []),
    ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)]),
    ...(minItems > 0 ? [[]] : []),
    ...(maxItems === undefined ? [] : [Array<Value>(maxItems + 1).fill({})]),
    ...(schema.enum === undefined ? [] : ['none_of_these']),
  ];
}

function without(value: Readonly<Record<string, Value>>, pick: number): Value {
  const name = picked(Object.keys(value), pick);
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}

function picked<T>(list: readonly T[], pick: number): T | undefined {
  return list[pick % Math.max(1, list.length)];
}
