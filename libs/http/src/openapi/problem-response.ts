import { ERROR_CATALOG, type ErrorCode } from '#kernel';
import type { HeaderObject, ResponseObject, SchemaObject } from './open-api.js';
import { problemSchemaName } from './problem-schema.js';

/** The header of a 429 and a 503. */
export const RETRY_AFTER: HeaderObject = {
  description: 'Seconds to wait; of a 503 they differ, so that not all callers return at once.',
  required: true,
  schema: { type: 'integer', minimum: 1, example: 5 },
};

/** The header of a 405, and of a response to OPTIONS. */
export const ALLOW: HeaderObject = {
  description: 'The methods that the path has.',
  required: true,
  schema: { type: 'string', example: 'GET, HEAD, OPTIONS' },
};

/** The headers of every problem with a given status. */
const HEADERS: Readonly<Record<number, Record<string, HeaderObject>>> = {
  401: {
    'WWW-Authenticate': {
      description: 'The scheme.',
      required: true,
      schema: { type: 'string', enum: ['Bearer'], example: 'Bearer' },
    },
  },
  405: { Allow: ALLOW },
  429: { 'Retry-After': RETRY_AFTER },
  503: { 'Retry-After': RETRY_AFTER },
};

/** The response with one of several problems, and the headers that all of them have. */
export function problemResponse(codes: readonly ErrorCode[]): ResponseObject {
  const [status, ...others] = byStatus(codes).keys();
  const headers = status === undefined || others.length > 0 ? undefined : HEADERS[status];
  return {
    description: codes.map((code) => `\`${code}\``).join(', '),
    ...(headers && { headers: { ...headers } }),
    content: { 'application/problem+json': { schema: schemaOf(codes), examples: examplesOf(codes) } },
  };
}

/** The problems of each status. */
export function byStatus(codes: readonly ErrorCode[]): ReadonlyMap<number, ErrorCode[]> {
  const statuses = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = ERROR_CATALOG[code];
    statuses.set(status, [...(statuses.get(status) ?? []), code]);
  }
  return statuses;
}

function examplesOf(codes: readonly ErrorCode[]): Record<string, { $ref: string }> {
  return Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
}

function schemaOf(codes: readonly ErrorCode[]): SchemaObject | { $ref: string } {
  const schemas = codes.map((code) => [code, `#/components/schemas/${problemSchemaName(code)}`] as const);
  const [first, ...others] = schemas.map(([, $ref]) => ({ $ref }));
  if (first !== undefined && others.length === 0) return first;
  return {
    oneOf: schemas.map(([, $ref]) => ({ $ref })),
    discriminator: { propertyName: 'code', mapping: Object.fromEntries(schemas) },
  };
}
