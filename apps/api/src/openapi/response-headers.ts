import type { HeaderObject, ResponseObject } from '#http';

/** Headers of every response. */
const OF_ALL: Readonly<Record<string, HeaderObject>> = {
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
};

/** Headers of every response to a counted request. */
const OF_COUNTED: Readonly<Record<string, HeaderObject>> = {
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

/** Which responses of a status are to requests that the rate limit has counted. */
export type Counted = 'always' | 'sometimes' | 'never';

/** The headers that responses of all operations have in common, for the document. */
export function responseHeaders(counted: Counted): NonNullable<ResponseObject['headers']> {
  switch (counted) {
    case 'always':
      return { ...OF_ALL, ...OF_COUNTED };
    case 'sometimes':
      return { ...OF_ALL, ...optional(OF_COUNTED) };
    case 'never':
      return OF_ALL;
  }
}

/** The same headers, any of which may be missing. */
export function optional(headers: Readonly<Record<string, HeaderObject>>): Record<string, HeaderObject> {
  return Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, { ...header, required: false }]));
}
