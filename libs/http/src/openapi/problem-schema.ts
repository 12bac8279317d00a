import type { ErrorCode } from '#kernel';
import { PROBLEM_CATALOG } from '../problems/problem-catalog.js';
import type { SchemaObject } from './open-api.js';
import { PROBLEM_MEMBERS } from './problem-members.js';

/** The OpenAPI schema of the problem with a code. Its `code` can be nothing else, so that clients can tell problems by it. */
export function problemSchema(code: ErrorCode): SchemaObject {
  const required = requiredMembers(code);
  const properties = { ...required, ...PROBLEM_MEMBERS[code]?.optional };
  return { type: 'object', required: Object.keys(required), properties };
}

/** A problem with a code, as the document shows it. */
export function problemExample(code: ErrorCode): Record<string, unknown> {
  const members = Object.entries(requiredMembers(code));
  return Object.fromEntries(members.map(([name, { example }]): [string, unknown] => [name, example]));
}

/** `version_mismatch` is `VersionMismatchProblem` in the document. */
export function problemSchemaName(code: ErrorCode): string {
  const words = code.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Problem`;
}

function requiredMembers(code: ErrorCode): Record<string, SchemaObject> {
  const { status, title } = PROBLEM_CATALOG[code];
  return {
    type: only('string', `urn:cartwright:problem:${code}`),
    title: only('string', title),
    status: only('integer', status),
    code: { ...only('string', code), description: 'Stable; made for programs.' },
    detail: { type: 'string', example: `${title}.`, description: 'Made for people.' },
    request_id: { type: 'string', example: '7a1c6f0e-3f55-4a3e-9a35-0a7a3b0f6c11' },
    ...PROBLEM_MEMBERS[code]?.required,
  };
}

function only(type: string, value: string | number): SchemaObject {
  return { type, enum: [value], example: value };
}
