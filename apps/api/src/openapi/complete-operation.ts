import { STATUS_CODES } from 'node:http';
import {
  byStatus,
  isReference,
  problemResponse,
  problemSchemaName,
  takeProblems,
  type HeaderObject,
  type OperationObject,
  type ResponseObject,
} from '#http';
import { type ErrorCode } from '#kernel';
import { OTHER_PROBLEM } from './other-problem.js';
import { optional, responseHeaders, type Counted } from './response-headers.js';
import type { SharedParts } from './shared-parts.js';

/** Problems of every operation that takes a body. */
const OF_A_BODY: readonly ErrorCode[] = [
  'validation_failed',
  'malformed_json',
  'payload_too_large',
  'unsupported_media_type',
];

/** Problems of every operation. */
const OF_ALL: readonly ErrorCode[] = ['shutting_down'];

/** Problems of every operation except probes, the only operations without a rate limit. */
const OF_COUNTED: readonly ErrorCode[] = ['overloaded'];

/** Statuses of requests that may be rejected before or after counting: because of escapes in the path, the token, or Redis. */
const MAYBE_NOT_COUNTED: readonly string[] = ['400', '401', '409', '503'];

/** Adds to an operation its problem responses, the headers of all its responses, its id, and whether it needs no token. */
export function completeOperation(operation: OperationObject, shared: SharedParts): void {
  operation.operationId = operationIdOf(operation);
  addResponses(operation, shared);
  shared.shareWithin(operation);
  operation.security ??= [];
}

/**
 * The tag and the name of the handler: `cart.add`. Generators that group methods by tag, or by the dots of the id, offer
 * `client.cart.add()`. Others join the words: `cartAdd()`.
 */
function operationIdOf({ tags = [], operationId = '' }: OperationObject): string {
  return [...tags, operationId].join('.');
}

function addResponses(operation: OperationObject, shared: SharedParts): void {
  const own = takeProblems(operation);
  const isCounted = own.includes('rate_limit_exceeded');
  const codes = new Set([...own, ...(isCounted ? OF_COUNTED : []), ...impliedProblems(operation)]);
  const { responses } = operation;
  for (const [status, documented] of Object.entries(responses)) {
    if (isResponse(documented)) responses[status] = withHeaders(documented, countedAt(status, isCounted));
  }
  for (const [status, codesOfStatus] of byStatus([...codes].toSorted())) {
    const documented = responses[status];
    const problem = withHeaders(problemResponse(codesOfStatus), countedAt(String(status), isCounted));
    responses[status] = isResponse(documented)
      ? joined(documented, problem)
      : shared.shareResponse(responseName(status, codesOfStatus), problem);
  }
  const other = shared.shareResponse('OtherProblem', OTHER_PROBLEM);
  // Probes have no problem of their own among the mistakes of clients, and linters look for one.
  if (!Object.keys(responses).some((status) => status.startsWith('4'))) responses['4XX'] = other;
  responses.default = other;
}

/** The name of the only problem, or the reason phrase of the status. */
function responseName(status: number, codes: readonly ErrorCode[]): string {
  const [only, ...others] = codes;
  if (only !== undefined && others.length === 0) return problemSchemaName(only);
  return (STATUS_CODES[status] ?? String(status)).replaceAll(' ', '');
}

function impliedProblems({ parameters = [], requestBody }: OperationObject): readonly ErrorCode[] {
  const readsUrl = parameters.some((parameter) => 'in' in parameter && ['path', 'query'].includes(parameter.in));
  const ofTheUrl: readonly ErrorCode[] = readsUrl ? ['validation_failed'] : [];
  return [...OF_ALL, ...ofTheUrl, ...(requestBody === undefined ? [] : OF_A_BODY)];
}

/** Joins a response and a problem with the same status, such as an unhealthy service and one that is shutting down. */
function joined(documented: ResponseObject, problem: ResponseObject): ResponseObject {
  return {
    description: `${documented.description} ${problem.description}`,
    headers: { ...optional(headersOf(problem)), ...documented.headers },
    content: { ...documented.content, ...problem.content },
  };
}

function headersOf({ headers = {} }: ResponseObject): Record<string, HeaderObject> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, header]) => (isReference(header) ? [] : [[name, header] as const])),
  );
}

function withHeaders(response: ResponseObject, counted: Counted): ResponseObject {
  return { ...response, headers: { ...responseHeaders(counted), ...response.headers } };
}

function countedAt(status: string, isCounted: boolean): Counted {
  if (!isCounted) return 'never';
  return MAYBE_NOT_COUNTED.includes(status) ? 'sometimes' : 'always';
}

function isResponse(response: OperationObject['responses'][string]): response is ResponseObject {
  return response !== undefined && !isReference(response);
}
