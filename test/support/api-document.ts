import { Validator } from '@seriousme/openapi-schema-validator';

export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly nullable?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly example?: unknown;
}

export interface Content {
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

export interface DocumentedHeader {
  readonly required?: boolean;
  readonly schema?: Schema;
}

export interface DocumentedResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, DocumentedHeader>>;
  readonly content?: Readonly<Record<string, Content>>;
}

interface DocumentedOperation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, Content>> };
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
export function operationsOf(document: object): Operation[] {
  const { paths } = resolved(document);
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      ...operation,
      name: `${method.toUpperCase()} ${path}`,
      method,
      path,
    })),
  );
}

/** A response to requests that reach no operation. */
export interface GeneralResponse extends DocumentedResponse {
  readonly name: string;
  readonly status: unknown;
}

/** `components.responses` has them beside those that operations share, whose names hold a number. */
export function generalResponsesOf(document: object): GeneralResponse[] {
  return Object.entries(resolved(document).components.responses)
    .filter(([name]) => !/\d/.test(name))
    .map(([name, response]) => ({ ...response, name, status: statusOf(response) }));
}

/** All but one are problems, whose schemas say their status. */
function statusOf({ content }: DocumentedResponse): unknown {
  if (content === undefined) return 204;
  const [problem] = content['application/problem+json']?.schema?.oneOf ?? [];
  return problem?.properties?.status?.example;
}

interface ResolvedDocument {
  readonly paths: Readonly<Record<string, Record<string, DocumentedOperation>>>;
  readonly components: { readonly responses: Readonly<Record<string, DocumentedResponse>> };
}

/** Takes 20 ms. */
const resolvedDocuments = new WeakMap<object, ResolvedDocument>();

function resolved(document: object): ResolvedDocument {
  const known = resolvedDocuments.get(document);
  if (known !== undefined) return known;
  const specification = new Validator().resolveRefs({ specification: { ...structuredClone(document) } });
  const copy: ResolvedDocument = JSON.parse(JSON.stringify(specification));
  resolvedDocuments.set(document, copy);
  return copy;
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
export function exampleOf({ example, properties, items, oneOf }: Schema): unknown {
  if (example !== undefined) return example;
  if (oneOf?.[0] !== undefined) return exampleOf(oneOf[0]);
  if (items !== undefined) return [exampleOf(items)];
  return Object.fromEntries(Object.entries(properties ?? {}).map(([name, schema]) => [name, exampleOf(schema)]));
}

/** The paths of all properties that have neither an example nor properties with one. */
export function withoutExample({ example, properties, items, oneOf }: Schema, path = ''): string[] {
  if (example !== undefined) return [];
  if (oneOf !== undefined) return oneOf.flatMap((schema) => withoutExample(schema, path));
  if (items !== undefined) return withoutExample(items, `${path}[]`);
  if (properties === undefined) return [path];
  return Object.entries(properties).flatMap(([name, schema]) => withoutExample(schema, `${path}.${name}`));
}
