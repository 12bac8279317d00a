import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { accessLog, answerClientError, requestId } from '#common';
import type { Config } from '#config';
import { ShutdownMiddleware } from '#health';
import { inTurn } from './in-turn.js';
import { securityHeaders } from './security-headers.js';
import { setupSwagger } from './swagger.js';

/** Options that `NestFactory` and the tests create the application with: `JsonBodyGuard` reads the bodies. */
export const APP_OPTIONS = { bodyParser: false } as const;

/** Everything around the modules: headers, bodies, CORS, docs. The same for the service and for its tests. */
export function setupApp(app: NestExpressApplication, { http }: Config): void {
  app.disable('x-powered-by');
  // A cart's ETag is its version; Express would hash every other body for one that nobody asked for.
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', http.trustProxy);

  const shutdown = app.get(ShutdownMiddleware);
  app.use(inTurn(requestId, accessLog, securityHeaders, shutdown.use.bind(shutdown)));
  if (http.corsOrigins.length > 0) {
    app.enableCors({ origin: [...http.corsOrigins], exposedHeaders: EXPOSED_HEADERS, maxAge: 600 });
  }
  setupSwagger(app);

  const server: Server = app.getHttpServer();
  server.on('clientError', answerClientError);
}

/** What a browser's script may read of an answer from another origin. */
const EXPOSED_HEADERS = [
  'ETag',
  'Idempotency-Replayed',
  'Retry-After',
  'X-Cache',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'X-Request-Id',
];
