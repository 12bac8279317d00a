import type { HeaderObject, ResponseObject } from '#http';

/** Of every response of the service. */
const OF_ALL = ['X-Request-Id', 'Cache-Control'] as const;
/** Of every response to a request that was counted. */
const OF_COUNTED = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'] as const;

type SharedHeader = (typeof OF_ALL | typeof OF_COUNTED)[number];

/** Headers that many responses have, as `components.headers`. */
export const SHARED_HEADERS: Record<SharedHeader, HeaderObject> = {
  'X-Request-Id': {
    description: "The caller's own if it is 1 to 128 of `A-Za-z0-9._-`, else a new one.",
    required: true,
    schema: { type: 'string', example: '7a1c6f0e-3f55-4a3e-9a35-0a7a3b0f6c11' },
  },
  'Cache-Control': {
    description: 'Who may keep the response.',
    required: true,
    schema: { type: 'string', example: 'no-store' },
  },
  'X-RateLimit-Limit': {
    description: 'Requests that the caller has in a window.',
    required: true,
    schema: { type: 'integer', example: 100 },
  },
  'X-RateLimit-Remaining': {
    description: 'Requests that are left in this window.',
    required: true,
    schema: { type: 'integer', minimum: 0, example: 99 },
  },
  'X-RateLimit-Reset': {
    description: 'Seconds until the window ends.',
    required: true,
    schema: { type: 'integer', minimum: 1, example: 60 },
  },
};

/** How many of the responses of a status are to requests that the rate limit has counted. */
export type Counted = 'always' | 'sometimes' | 'never';

/** The shared headers of a response, for the document. */
export function responseHeaders(counted: Counted): NonNullable<ResponseObject['headers']> {
  const required = counted === 'always' ? [...OF_ALL, ...OF_COUNTED] : OF_ALL;
  const optional = counted === 'sometimes' ? OF_COUNTED : [];
  return Object.fromEntries<HeaderObject | { $ref: string }>([
    ...required.map((name) => [name, { $ref: `#/components/headers/${name}` }] as const),
    ...optional.map((name) => [name, { ...SHARED_HEADERS[name], required: false }] as const),
  ]);
}
