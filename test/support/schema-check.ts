import { Ajv, type ValidateFunction } from 'ajv';
import type { Schema } from './api-document.js';

const ajv = new Ajv({
  allErrors: true,
  // OpenAPI's own keywords, such as `example`, are not errors.
  strict: false,
  formats: {
    'date-time': (text: string) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text,
    email: true,
    uri: (text: string) => URL.canParse(text),
  },
});

const compiled = new WeakMap<Schema, ValidateFunction>();

/** How `value` violates `schema`. A property that the schema does not define is a violation, too. */
export function faultsOf(value: unknown, schema: Schema | undefined): string[] {
  if (schema === undefined) return ['has no schema'];
  const validate = compiled.get(schema) ?? ajv.compile(closed(schema));
  compiled.set(schema, validate);
  validate(value);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}

/** The same schema, without additional properties in its objects. */
function closed(schema: Schema): Schema {
  const { properties, items, oneOf } = schema;
  return {
    ...schema,
    ...(items && { items: closed(items) }),
    ...(oneOf && { oneOf: oneOf.map(closed) }),
    ...(properties && {
      additionalProperties: false,
      properties: Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, closed(property)])),
    }),
  };
}
