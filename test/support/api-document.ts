import { Validator } from '@seriousme/openapi-schema-validator';

export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly example?: unknown;
}

interface Content {
  readonly schema?: Schema;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
  readonly example?: unknown;
}

export interface DocumentedResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, Content>>;
}

interface DocumentedOperation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

/** One operation of the document, with the names that it goes by. */
export interface Operation extends DocumentedOperation {
  /** Such as `PUT /cart/update/{product_id}`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

/** The operations of an OpenAPI document in its order, with the schemas that they refer to in their places. */
export function operationsOf(document: Record<string, unknown>): Operation[] {
  const resolved = new Validator().resolveRefs({ specification: structuredClone(document) });
  const paths: Record<string, Record<string, DocumentedOperation>> = JSON.parse(JSON.stringify(resolved.paths));
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      ...operation,
      name: `${method.toUpperCase()} ${path}`,
      method,
      path,
    })),
  );
}

/** Every code that the operation shows as an example of a problem. */
export function problemCodesOf({ responses }: Operation): string[] {
  return Object.values(responses).flatMap(({ content }) =>
    Object.keys(content?.['application/problem+json']?.examples ?? {}),
  );
}

/** Every schema that the operation reads or answers with, by where it stands. */
export function schemasOf({ requestBody, responses }: Operation): Record<string, Schema | undefined> {
  const answers = Object.entries(responses).flatMap(([status, { content = {} }]) =>
    Object.entries(content).map(([type, { schema }]) => [`${status} ${type}`, schema] as const),
  );
  const body = requestBody?.content['application/json'];
  return Object.fromEntries(body === undefined ? answers : [['body', body.schema], ...answers]);
}

/** What Swagger UI makes of a schema's examples. */
export function exampleOf({ example, properties, items }: Schema): unknown {
  if (example !== undefined) return example;
  if (items !== undefined) return [exampleOf(items)];
  return Object.fromEntries(Object.entries(properties ?? {}).map(([name, schema]) => [name, exampleOf(schema)]));
}

/** The paths of all properties that have neither an example nor properties with one. */
export function withoutExample({ example, properties, items }: Schema, path = ''): string[] {
  if (example !== undefined) return [];
  if (items !== undefined) return withoutExample(items, `${path}[]`);
  if (properties === undefined) return [path];
  return Object.entries(properties).flatMap(([name, schema]) => withoutExample(schema, `${path}.${name}`));
}
