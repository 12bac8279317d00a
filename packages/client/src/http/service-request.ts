import type { Method, ProblemCode } from '../api/operations.js';

/** The header that lets the service recognize a write that it has already applied. */
export const IDEMPOTENCY_KEY = 'idempotency-key';

/** One request to the service, before a token is added. */
export interface ServiceRequest {
  readonly method: Method;
  /** Path and query. */
  readonly target: string;
  readonly body?: unknown;
  /** With names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** A status of 400 or more whose response is a result, not an error. */
  readonly acceptedStatus?: number | undefined;
  /** Whether it can be sent again although the first attempt may have been applied. */
  readonly isRetryable: boolean;
  /** Codes that mean, in the response to a retry, that an earlier attempt has carried it out: what it deletes is gone. */
  readonly doneIf?: readonly ProblemCode[] | undefined;
  readonly signal?: AbortSignal | undefined;
}
