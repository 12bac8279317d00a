import type { Problem } from '../api/operations.js';
import { ProblemError } from './problem-error.js';
import { retryAfterOf } from './retry-after.js';
import { UnexpectedResponseError } from './unexpected-response-error.js';

const PROBLEM = 'application/problem+json';

/** A response that has been read completely. */
export interface ServiceResponse<T> {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined if the response has no body. */
  readonly body: T;
}

/** @throws UnexpectedResponseError if it is not JSON, or malformed. */
export async function readResponse<T>(response: Response): Promise<ServiceResponse<T>> {
  const { status, headers } = response;
  const text = await response.text();
  if (text !== '') requireType(response, 'application/json');
  try {
    return { status, headers, body: parsed<T>(text) };
  } catch {
    throw new UnexpectedResponseError(status, typeOf(response), 'well-formed JSON');
  }
}

/** The error of a response with a status of 400 or more. */
export async function failureOf(response: Response): Promise<ProblemError | UnexpectedResponseError> {
  const text = await response.text();
  try {
    requireType(response, PROBLEM);
    const problem = parsed<Problem>(text);
    return new ProblemError(problem, retryAfterOf(response.headers));
  } catch {
    return new UnexpectedResponseError(response.status, typeOf(response), PROBLEM);
  }
}

/** @throws UnexpectedResponseError if the response has another content type. */
export function requireType(response: Response, type: string): void {
  if (!typeOf(response).startsWith(type)) throw new UnexpectedResponseError(response.status, typeOf(response), type);
}

function typeOf({ headers }: Response): string {
  return headers.get('content-type') ?? '';
}

/** The service's own tests check each response against the document that the types are generated from. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the operation that was called determines T
function parsed<T>(text: string): T;
function parsed(text: string): unknown {
  const value: unknown = text === '' ? undefined : JSON.parse(text);
  return value;
}
