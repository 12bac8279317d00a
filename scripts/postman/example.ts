import * as z from 'zod';

const shape = z.looseObject({
  example: z.unknown().optional(),
  default: z.unknown().optional(),
  oneOf: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).default([]),
  deprecated: z.boolean().default(false),
});

/**
 * A value of a schema without references, from its examples, as Swagger UI makes it: without deprecated fields. Undefined if it has
 * none. A field that is needed, and has none, is the variable of its name.
 */
export function exampleOf(schema: unknown): unknown {
  const { example, default: usual, oneOf, anyOf, allOf, items, properties, required } = shape.parse(schema);
  if (example !== undefined) return example;
  if (usual !== undefined) return usual;
  const [alternative] = oneOf ?? anyOf ?? [];
  if (alternative !== undefined) return exampleOf(alternative);
  if (allOf !== undefined) return Object.assign({}, ...allOf.map((part) => exampleOf(part)));
  if (items !== undefined) return [exampleOf(items)];
  if (properties === undefined) return undefined;
  const variable = (name: string): string | undefined => (required.includes(name) ? `{{${name}}}` : undefined);
  const current = Object.entries(properties).filter(([, property]) => !shape.parse(property).deprecated);
  return Object.fromEntries(current.map(([name, property]) => [name, exampleOf(property) ?? variable(name)]));
}
