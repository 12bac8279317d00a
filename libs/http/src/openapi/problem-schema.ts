import { DEFAULT_PROBLEM_TYPE_BASE } from '#config';
import { ERROR_CATALOG, type ErrorCode } from '#kernel';
import type { SchemaObject } from './open-api.js';
import { PROBLEM_MEMBERS } from './problem-members.js';

const REQUEST_ID = '7a1c6f0e-3f55-4a3e-9a35-0a7a3b0f6c11';

/** The OpenAPI schema that all problems have in common, as `Problem`. */
export const PROBLEM_SCHEMA: SchemaObject = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'request_id'],
  properties: {
    type: {
      type: 'string',
      format: 'uri',
      example: `${DEFAULT_PROBLEM_TYPE_BASE}not_found`,
      description: 'A link to the description of the problem, if the deployment sets one. Programs read `code`.',
    },
    title: { type: 'string', example: 'Not found', description: 'The same for every problem with this code.' },
    status: { type: 'integer', example: 404, description: 'The HTTP status.' },
    code: {
      type: 'string',
      enum: Object.keys(ERROR_CATALOG),
      example: 'not_found',
      description: 'Stable; made for programs.',
    },
    detail: { type: 'string', example: 'There is no such endpoint.', description: 'Made for people; may change.' },
    request_id: {
      type: 'string',
      example: REQUEST_ID,
      description: 'The `X-Request-Id` of the response, to find it in the logs.',
    },
  },
};

/** The OpenAPI schema of the problem with a code. `code` is an enum of one value, so that clients can discriminate by it. */
export function problemSchema(code: ErrorCode): SchemaObject {
  const { status } = ERROR_CATALOG[code];
  const { required = {}, optional = {} } = PROBLEM_MEMBERS[code] ?? {};
  const own: SchemaObject = {
    type: 'object',
    required: ['status', 'code', ...Object.keys(required)],
    properties: {
      status: { ...only('integer', status), description: 'The HTTP status.' },
      code: { ...only('string', code), description: 'Stable; made for programs.' },
      ...required,
      ...optional,
    },
  };
  return { allOf: [{ $ref: '#/components/schemas/Problem' }, own] };
}

/** An example problem for the document. */
export function problemExample(code: ErrorCode): Record<string, unknown> {
  const { status, title } = ERROR_CATALOG[code];
  const members = Object.entries(PROBLEM_MEMBERS[code]?.required ?? {});
  return {
    type: DEFAULT_PROBLEM_TYPE_BASE + code,
    title,
    status,
    code,
    detail: `${title}.`,
    request_id: REQUEST_ID,
    ...Object.fromEntries(members.map(([name, { example }]): [string, unknown] => [name, example])),
  };
}

/** The schema's name: `version_mismatch` becomes `VersionMismatchProblem`. */
export function problemSchemaName(code: ErrorCode): string {
  const words = code.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Problem`;
}

function only(type: string, value: string | number): SchemaObject {
  return { type, enum: [value], example: value };
}
