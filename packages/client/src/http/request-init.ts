import { headersOf } from './headers-of.js';
import type { ServiceRequest } from './service-request.js';

/**
 * What `fetch` sends.
 *
 * @throws TypeError if it cannot be sent, such as an InvalidHeaderError.
 */
export function initOf(request: ServiceRequest, token: string | undefined): RequestInit {
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  // Without `cache`, Node adds `Cache-Control: no-cache` to a request with `If-None-Match`, and there would never be a 304.
  const init: RequestInit & { cache: 'no-cache' } = {
    cache: 'no-cache',
    method: request.method.toUpperCase(),
    headers: headersOf({
      ...request.headers,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    }),
    ...(body !== undefined && { body }),
  };
  return init;
}
