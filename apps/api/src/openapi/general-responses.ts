import { ALLOW, problemResponse, type ResponseObject } from '#http';
import { type ErrorCode } from '#kernel';
import { responseHeaders } from './response-headers.js';

/**
 * The responses to requests that reach no operation: HTTP itself rejects them, or there is nothing at their path. They are
 * `components.responses` of the document, so that nothing a client can get is missing there.
 */
export const GENERAL_RESPONSES: Readonly<Record<string, ResponseObject>> = {
  Options: {
    description:
      'To OPTIONS: the methods that the path has or, to the preflight of an allowed origin, the headers of CORS.',
    headers: { ...responseHeaders('never'), Allow: { ...ALLOW, required: false } },
  },
  MalformedRequest: general(400, 'malformed_request', 'validation_failed'),
  NotFound: general(404, 'not_found'),
  MethodNotAllowed: general(405, 'method_not_allowed'),
  RequestTimeout: general(408, 'request_timeout'),
  ExpectationFailed: general(417, 'expectation_failed'),
  HeadersTooLarge: general(431, 'headers_too_large'),
  ShuttingDown: general(503, 'overloaded', 'shutting_down'),
};

function general(status: number, ...codes: ErrorCode[]): ResponseObject {
  const response = problemResponse(status, codes);
  return { ...response, headers: { ...responseHeaders('never'), ...response.headers } };
}
