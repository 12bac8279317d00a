import { type DomainError, ERROR_CATALOG, type ErrorCode, type FieldError } from '#kernel';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** An RFC 9457 problem, as it is sent. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly request_id: string;
  readonly errors?: readonly FieldError[];
}

/**
 * The problem that describes `error` to the client.
 * @param typeBase what precedes the code in `type`: `PROBLEM_TYPE_BASE`.
 */
export function toProblem(error: DomainError, requestId: string, typeBase: string): Problem {
  const { status, title } = ERROR_CATALOG[error.code];
  const problem = {
    type: typeBase + error.code,
    title,
    status,
    code: error.code,
    detail: error.message,
    request_id: requestId,
    ...error.members,
  };
  return error.fields.length > 0 ? { ...problem, errors: error.fields } : problem;
}
