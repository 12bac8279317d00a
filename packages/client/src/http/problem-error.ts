import type { Problem, ProblemCode, ProblemWith } from '../api/operations.js';

/** The service rejected a request. `code` says why, and stays the same from version to version. */
export class ProblemError<P extends Problem = Problem> extends Error {
  override readonly name = 'ProblemError';

  /**
   * @param problem the response's body, such as `errors` of an invalid request or `version` of another cart than expected.
   * @param retryAfterMs how long to wait before the same request; undefined if the response does not say.
   */
  constructor(
    readonly problem: P,
    readonly retryAfterMs?: number,
  ) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
  }

  get code(): P['code'] {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }

  /** Send it to the operator, who can find the request in the log by it. */
  get requestId(): string {
    return this.problem.request_id;
  }
}

/** Whether a request was rejected with this code. `error.problem` then has the members of that problem. */
export function isProblem<C extends ProblemCode>(
  error: unknown,
  ...codes: readonly C[]
): error is ProblemError<ProblemWith<C>> {
  return error instanceof ProblemError && codes.some((code) => code === error.code);
}
