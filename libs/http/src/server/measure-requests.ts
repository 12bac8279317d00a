import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { matchedRoute, sentStatus } from '#runtime';
import { activeRequests, requestDuration } from '../http.metrics.js';

/** The methods that have a name in OpenTelemetry's conventions; the HTTP parser accepts 25 others. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'CONNECT', 'TRACE']);

/**
 * Measures every request that the HTTP parser accepts, also those that are rejected before routing. Call it after all other
 * listeners were added, because it has to be the first.
 */
export function measureRequests(server: Server): void {
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    // A pipelined request begins when the response before it is sent. If the connection ends earlier, it never does.
    if (response.socket === null) {
      response.once('socket', () => {
        measure(request, response);
      });
    } else measure(request, response);
  });
}

function measure(request: IncomingMessage, response: ServerResponse): void {
  const startedAt = performance.now();
  activeRequests.inc();
  response.once('close', () => {
    activeRequests.dec();
    const { method = '' } = request;
    const known = METHODS.has(method) ? method : '_OTHER';
    const status = sentStatus(response) ?? '';
    requestDuration.series(known, matchedRoute(request) ?? '', status).observe((performance.now() - startedAt) / 1000);
  });
}
