import { Ajv } from 'ajv';
import type { Schema } from './api-document.js';

const ajv = new Ajv({
  allErrors: true,
  // OpenAPI's own words, such as `example`, are no faults.
  strict: false,
  formats: { 'date-time': (text: string) => new Date(text).toISOString() === text },
});

/** How `value` breaks `schema`; a property that the schema does not name breaks it too. */
export function faultsOf(value: unknown, schema: Schema | undefined): string[] {
  if (schema === undefined) return ['has no schema'];
  const validate = ajv.compile(closed(schema));
  validate(value);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}

/** The same schema, whose objects have no properties but those that it names. */
function closed(schema: Schema): Schema {
  const { properties, items } = schema;
  return {
    ...schema,
    ...(items && { items: closed(items) }),
    ...(properties && {
      additionalProperties: false,
      properties: Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, closed(property)])),
    }),
  };
}
