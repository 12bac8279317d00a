import { InvalidHeaderError } from './headers-of.js';
import { isProblem, ProblemError } from './problem-error.js';
import { UnexpectedResponseError } from './unexpected-response-error.js';

/** The service rejected the token, not the request: another token may be accepted. */
const TOKEN_CODES = ['token_expired', 'invalid_token', 'session_revoked'] as const;
/** The service rejected these before it did anything. */
const NOTHING_WAS_DONE = ['rate_limit_exceeded', 'overloaded', 'shutting_down'] as const;
/** How Node's `fetch` fails before it has sent anything. */
const UNREACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'] as const;
const TRANSIENT_STATUSES: readonly number[] = [408, 429, 502, 503, 504];

export function isRejectedToken(error: unknown): boolean {
  return isProblem(error, ...TOKEN_CODES);
}

/** Whether the request surely had no effect, so that any request can be sent again. */
export function hasDoneNothing(error: unknown): boolean {
  return isProblem(error, ...NOTHING_WAS_DONE) || isUnreached(error);
}

/** Whether there was no connection to send the request on. Node says so, browsers do not. */
function isUnreached(error: unknown): boolean {
  const cause = memberOf(error, 'cause');
  return UNREACHED.some((code) => code === memberOf(cause, 'code'));
}

/** Whether the same request may succeed later. Anything else than a response or a mistake is a connection that failed. */
export function isTransient(error: unknown): boolean {
  if (error instanceof InvalidHeaderError) return false;
  return !isResponse(error) || TRANSIENT_STATUSES.includes(error.status);
}

export function isResponse(error: unknown): error is ProblemError | UnexpectedResponseError {
  return error instanceof ProblemError || error instanceof UnexpectedResponseError;
}

export function retryAfterMsOf(error: unknown): number | undefined {
  return error instanceof ProblemError ? error.retryAfterMs : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
