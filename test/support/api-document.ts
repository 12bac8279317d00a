import { Validator } from '@seriousme/openapi-schema-validator';

export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly nullable?: boolean;
  readonly deprecated?: boolean;
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
  readonly anyOf?: readonly Schema[];
  readonly description?: string;
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
  readonly description?: string;
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
  readonly description?: string;
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

/** One operation of the document, with its names. */
export interface Operation extends DocumentedOperation {
  /** Such as `PUT /cart/update/{product_id}`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

/** The operations of an OpenAPI document in its order, with references replaced by the schemas. */
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

/** Whether the operation rejects requests without a token. `{}` in the list stands for one that takes a token, but needs none. */
export function needsToken({ security = [] }: Operation): boolean {
  return security.length > 0 && security.every((alternative) => Object.keys(alternative).length > 0);
}

/** A schema of the document, with the schemas that it refers to in their places. */
export function schemaOf(document: object, name: string): Schema | undefined {
  return resolved(document).components.schemas[name];
}

/** The response of every operation to requests that HTTP itself rejects, or that reach none. */
export function otherProblemOf(document: object): DocumentedResponse | undefined {
  return resolved(document).components.responses.OtherProblem;
}

/** A schema in place of its `allOf`, whose later schemas narrow the earlier ones. */
function withoutAllOf(part: unknown): unknown {
  const { allOf, ...rest } = Object(part);
  if (!Array.isArray(allOf)) return part;
  return {
    ...rest,
    type: 'object',
    required: [...new Set(allOf.flatMap(({ required = [] }: Schema) => required))],
    properties: Object.assign({}, ...allOf.map(({ properties }: Schema) => properties)),
  };
}

interface ResolvedDocument {
  readonly paths: Readonly<Record<string, Record<string, DocumentedOperation>>>;
  readonly components: {
    readonly responses: Readonly<Record<string, DocumentedResponse>>;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}

/** Takes 20 ms. */
const resolvedDocuments = new WeakMap<object, ResolvedDocument>();

function resolved(document: object): ResolvedDocument {
  const known = resolvedDocuments.get(document);
  if (known !== undefined) return known;
  const specification = new Validator().resolveRefs({ specification: { ...structuredClone(document) } });
  const copy: ResolvedDocument = JSON.parse(JSON.stringify(specification), (_key, part: unknown) => withoutAllOf(part));
  resolvedDocuments.set(document, copy);
  return copy;
}

/** Every code that the operation shows as an example of a problem of its own. */
export function problemCodesOf({ responses }: Operation): string[] {
  return Object.entries(responses)
    .filter(([status]) => isStatus(status))
    .flatMap(([, { content }]) => Object.keys(content?.['application/problem+json']?.examples ?? {}));
}

/** Whether a key of responses is a single status, rather than `4XX` or `default`. */
export function isStatus(key: string): boolean {
  return /^\d{3}$/.test(key);
}

/** Every schema of the operation's request and responses, by its location. */
export function schemasOf({ requestBody, responses }: Operation): Record<string, Schema | undefined> {
  const answers = Object.entries(responses).flatMap(([status, { content = {} }]) =>
    Object.entries(content).map(([type, { schema }]) => [`${status} ${type}`, schema] as const),
  );
  const body = requestBody?.content['application/json'];
  return Object.fromEntries(body === undefined ? answers : [['body', body.schema], ...answers]);
}

/** What Swagger UI makes of a schema's examples. It leaves deprecated properties out. */
export function exampleOf({ example, properties, items, oneOf, anyOf }: Schema): unknown {
  if (example !== undefined) return example;
  const [first] = oneOf ?? anyOf ?? [];
  if (first !== undefined) return exampleOf(first);
  if (items !== undefined) return [exampleOf(items)];
  const current = Object.entries(properties ?? {}).filter(([, { deprecated }]) => deprecated !== true);
  return Object.fromEntries(current.map(([name, schema]) => [name, exampleOf(schema)]));
}

/** The paths of all properties that have neither an example nor properties with one. */
export function withoutExample({ example, properties, items, oneOf, anyOf }: Schema, path = ''): string[] {
  if (example !== undefined) return [];
  const choices = oneOf ?? anyOf;
  if (choices !== undefined) return choices.flatMap((schema) => withoutExample(schema, path));
  if (items !== undefined) return withoutExample(items, `${path}[]`);
  if (properties === undefined) return [path];
  return Object.entries(properties).flatMap(([name, schema]) => withoutExample(schema, `${path}.${name}`));
}
