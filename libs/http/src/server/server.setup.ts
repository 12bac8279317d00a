import type { Server } from 'node:http';
import type { HttpConfig } from '#config';
import { clientErrorHandler } from '../problems/client-error.js';
import { type Cors } from '../request/cors.js';
import { COMMON_HEADERS } from './common-headers.js';

/** How long the headers of a request may take to arrive, in milliseconds, unless idle connections are kept for longer. */
const HEADERS_MS = 60_000;
/** The same for the whole request. */
const REQUEST_MS = 300_000;
/** How much longer than a connection may be idle its next headers may take. */
const HEADERS_MARGIN_MS = 5000;
/** How often late requests are looked for: a time-out is late by so much at most. */
export const LATE_CHECK_MS = 10_000;
/** Node would leave out what comes after the 2000th, which could be the one that counts. 16 KiB of headers hold 4096. */
const MAX_HEADERS = 0;

/** What Node's HTTP server is to do that no request handler can. */
export function setupServer(server: Server, cors: Cors, { keepAliveSeconds }: HttpConfig): void {
  server.on('clientError', clientErrorHandler(COMMON_HEADERS, cors));
  // Otherwise Node responds with a bare status line. `requireWellFormed` rejects such a request.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));

  server.keepAliveTimeout = keepAliveSeconds * 1000;
  // A connection that a load balancer has opened in advance is idle too, and for Node the headers are late meanwhile.
  server.headersTimeout = Math.max(HEADERS_MS, server.keepAliveTimeout + HEADERS_MARGIN_MS);
  server.requestTimeout = Math.max(REQUEST_MS, server.headersTimeout);
  // Of silence in the middle of a response: a stream is silent for long, and ends by itself.
  server.timeout = 0;
  server.maxHeadersCount = MAX_HEADERS;
}
