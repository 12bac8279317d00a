import * as z from 'zod';

/** What a collection needs of an OpenAPI document. */
const securityShape = z.array(z.record(z.string(), z.unknown()));
const schemaShape = z.looseObject({ example: z.unknown().optional(), default: z.unknown().optional() });
const parameterShape = z.looseObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  description: z.string().optional(),
  example: z.unknown().optional(),
  schema: schemaShape.optional(),
});
const operationShape = z.looseObject({
  summary: z.string(),
  description: z.string().optional(),
  tags: z.array(z.string()).min(1),
  security: securityShape.optional(),
  parameters: z.array(parameterShape).default([]),
  requestBody: z.looseObject({ content: z.record(z.string(), z.unknown()) }).optional(),
});
const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

export type Parameter = z.infer<typeof parameterShape>;
export interface Operation extends z.infer<typeof operationShape> {
  readonly method: string;
  readonly path: string;
}

/** An OpenAPI document without references. */
export interface Document {
  readonly title: string;
  readonly description: string | undefined;
  /** The names of the tags, in their order. */
  readonly tags: readonly string[];
  readonly operations: readonly Operation[];
}

const documentShape = z.looseObject({
  info: z.looseObject({ title: z.string(), description: z.string().optional() }),
  tags: z.array(z.looseObject({ name: z.string() })),
  security: securityShape.default([]),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** @throws ZodError if it is no such document. */
export function readDocument(json: unknown): Document {
  const { info, tags, security, paths } = documentShape.parse(json);
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      if (item[method] === undefined) return [];
      const resolved = resolveReferences(item[method], json);
      return [{ security, ...operationShape.parse(resolved), method: method.toUpperCase(), path }];
    }),
  );
  return { title: info.title, description: info.description, tags: tags.map(({ name }) => name), operations };
}

/** A copy of a part of a document with what it refers to in its place. The service's schemas do not refer to themselves. */
function resolveReferences(part: unknown, document: unknown): unknown {
  if (Array.isArray(part)) return part.map((each) => resolveReferences(each, document));
  if (typeof part !== 'object' || part === null) return part;
  if ('$ref' in part && typeof part.$ref === 'string')
    return resolveReferences(referred(part.$ref, document), document);
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, resolveReferences(value, document)]));
}

const members = z.record(z.string(), z.unknown());

/** @param reference such as `#/components/schemas/CartDto`. */
function referred(reference: string, document: unknown): unknown {
  const names = reference.split('/').slice(1);
  const found = names.reduce<unknown>((part, name) => members.parse(part)[name], document);
  if (found === undefined) throw new Error(`The document has no ${reference}.`);
  return found;
}
