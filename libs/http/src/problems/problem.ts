import type { DomainError, FieldError, ErrorCode } from '#kernel';
import { PROBLEM_CATALOG } from './problem-catalog.js';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** An RFC 9457 problem, as it goes over the wire. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly request_id: string;
  readonly errors?: readonly FieldError[];
}

/** The problem that tells a caller about `error`. */
export function toProblem(error: DomainError, requestId: string): Problem {
  const { status, title } = PROBLEM_CATALOG[error.code];
  const problem = {
    type: `urn:cartwright:problem:${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    request_id: requestId,
    ...error.members,
  };
  return error.fields.length > 0 ? { ...problem, errors: error.fields } : problem;
}
