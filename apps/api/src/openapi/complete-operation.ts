import { byStatus, problemResponse, takeProblems, type OperationObject, type ResponseObject } from '#http';
import { type ErrorCode } from '#kernel';
import { responseHeaders, type Counted } from './response-headers.js';
import type { SharedResponses } from './shared-responses.js';

/** Problems of every operation that takes a body. */
const OF_A_BODY: readonly ErrorCode[] = [
  'validation_failed',
  'malformed_json',
  'payload_too_large',
  'unsupported_media_type',
];

/** Problems of every operation. */
const OF_ALL: readonly ErrorCode[] = ['shutting_down'];

/** Problems of every operation except probes, which are the ones that no limit counts. */
const OF_COUNTED: readonly ErrorCode[] = ['overloaded'];

/** Statuses of requests that are rejected before they are counted, or after: by escapes in the path, the token, Redis. */
const MAYBE_NOT_COUNTED: readonly string[] = ['400', '401', '409', '503'];

/** Gives an operation the responses of its problems, the headers of all its responses, and says if it needs no token. */
export function completeOperation(operation: OperationObject, shared: SharedResponses): void {
  const own = takeProblems(operation);
  const isCounted = own.includes('rate_limit_exceeded');
  const codes = new Set([...own, ...(isCounted ? OF_COUNTED : []), ...impliedProblems(operation)]);
  const problems = byStatus([...codes].toSorted());
  for (const [status, documented] of Object.entries(operation.responses)) {
    if (isResponse(documented)) operation.responses[status] = withHeaders(documented, countedAt(status, isCounted));
  }
  for (const [status, codesOfStatus] of problems) {
    const documented = operation.responses[status];
    const problem = withHeaders(problemResponse(status, codesOfStatus), countedAt(String(status), isCounted));
    operation.responses[status] = isResponse(documented)
      ? joined(documented, problem)
      : shared.share(String(status), problem);
  }
  operation.security ??= [];
}

function impliedProblems({ parameters = [], requestBody }: OperationObject): readonly ErrorCode[] {
  const readsUrl = parameters.some((parameter) => 'in' in parameter && ['path', 'query'].includes(parameter.in));
  const ofTheUrl: readonly ErrorCode[] = readsUrl ? ['validation_failed'] : [];
  return [...OF_ALL, ...ofTheUrl, ...(requestBody === undefined ? [] : OF_A_BODY)];
}

/** Another response and a problem of one status, such as an unhealthy service and one that is shutting down. */
function joined(documented: ResponseObject, problem: ResponseObject): ResponseObject {
  return {
    description: `${documented.description} ${problem.description}`,
    headers: { ...optional(problem.headers), ...documented.headers },
    content: { ...documented.content, ...problem.content },
  };
}

function optional(headers: ResponseObject['headers'] = {}): NonNullable<ResponseObject['headers']> {
  return Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, { ...header, required: false }]));
}

function withHeaders(response: ResponseObject, counted: Counted): ResponseObject {
  return { ...response, headers: { ...responseHeaders(counted), ...response.headers } };
}

function countedAt(status: string, isCounted: boolean): Counted {
  if (!isCounted) return 'never';
  return MAYBE_NOT_COUNTED.includes(status) ? 'sometimes' : 'always';
}

function isResponse(response: OperationObject['responses'][string]): response is ResponseObject {
  return response !== undefined && 'description' in response;
}
