import { ALLOW, problemResponse, RETRY_AFTER, type ResponseObject } from '#http';
import { ERROR_CATALOG, type ErrorCode } from '#kernel';
import { responseHeaders } from './response-headers.js';

/** Problems of requests that HTTP itself rejects, that reach no operation, or that the service fails to process. */
const CODES = [
  'malformed_request',
  'validation_failed',
  'not_found',
  'method_not_allowed',
  'request_timeout',
  'expectation_failed',
  'headers_too_large',
  'internal_error',
  'overloaded',
  'shutting_down',
] as const satisfies readonly ErrorCode[];

/** The `default` response of every operation, so that the document contains every problem that a client can get. */
export const OTHER_PROBLEM: ResponseObject = {
  ...problemResponse(CODES),
  description:
    'Not specific to the operation: HTTP itself rejects the request, its path or method does not exist, or the service ' +
    `fails. ${CODES.map((code) => `\`${code}\` (${ERROR_CATALOG[code].status})`).join(', ')}`,
  headers: {
    ...responseHeaders('sometimes'),
    Allow: { ...ALLOW, required: false },
    'Retry-After': { ...RETRY_AFTER, required: false },
  },
};
