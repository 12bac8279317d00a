import type { Server } from 'node:http';
import { clientErrorHandler, type Cors } from '#common';
import type { HttpConfig } from '#config';
import { COMMON_HEADERS } from './common-headers.js';

/** How much longer than a connection may be idle its next headers may take. */
const HEADERS_MARGIN_MS = 5000;

/** What Node's HTTP server is to do that no request handler can. */
export function setupServer(server: Server, cors: Cors, { keepAliveSeconds }: HttpConfig): void {
  server.on('clientError', clientErrorHandler(COMMON_HEADERS, cors));
  // Otherwise Node responds with a bare status line. `requireWellFormed` rejects such a request.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));

  server.keepAliveTimeout = keepAliveSeconds * 1000;
  // A connection that a load balancer has opened in advance is idle too, and for Node the headers are late meanwhile.
  server.headersTimeout = Math.max(server.headersTimeout, server.keepAliveTimeout + HEADERS_MARGIN_MS);
  server.requestTimeout = Math.max(server.requestTimeout, server.headersTimeout);
}
