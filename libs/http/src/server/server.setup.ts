import type { Server } from 'node:http';
import type { HttpConfig } from '#config';
import { clientErrorHandler } from '../problems/client-error.js';
import { type Cors } from '../request/cors.js';
import { COMMON_HEADERS } from './common-headers.js';

/** How long the headers of a request may take to arrive, in milliseconds, unless idle connections are kept longer than that. */
const HEADERS_MS = 60_000;
/** The same for the whole request. */
const REQUEST_MS = 300_000;
/** How much longer than the keep-alive timeout the next headers may take. */
const HEADERS_MARGIN_MS = 5000;
/** How often late requests are checked for: a timeout can be this late. */
export const LATE_CHECK_MS = 10_000;
/**
 * No limit: Node would drop headers after the 2000th, and a dropped one could be relevant. 16 KiB hold at most 4096 headers.
 */
const MAX_HEADERS = 0;

/** Configures what only Node's HTTP server can do. */
export function setupServer(server: Server, cors: Cors, { keepAliveSeconds, problemTypeBase }: HttpConfig): void {
  server.on('clientError', clientErrorHandler(COMMON_HEADERS, cors, problemTypeBase));
  // Otherwise Node responds with a status line only. `requireWellFormed` rejects such a request.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));

  server.keepAliveTimeout = keepAliveSeconds * 1000;
  // A connection that a load balancer has opened in advance is idle, but Node counts its headers as late.
  server.headersTimeout = Math.max(HEADERS_MS, server.keepAliveTimeout + HEADERS_MARGIN_MS);
  server.requestTimeout = Math.max(REQUEST_MS, server.headersTimeout);
  // No timeout for silence during a response: a stream can be silent for long, and ends by itself.
  server.timeout = 0;
  server.maxHeadersCount = MAX_HEADERS;
}
