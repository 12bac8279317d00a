import type { RequestListener, Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from '#config';
import {
  AccessLog,
  Cors,
  measureRequests,
  parseQuery,
  requestId,
  requireWellFormed,
  ShutdownMiddleware,
  COMMON_HEADERS,
  commonHeaders,
  serveMetrics,
  setupServer,
} from '#http';
import { inScope } from '#runtime';
import { firstSteps } from './first-steps.js';
import { Rejections } from './overload/rejections.js';
import { RequestGate } from './overload/request.gate.js';
import { setupSwagger } from './swagger.js';

/** The options with which `NestFactory` and the tests create the application. `JsonBodyGuard` reads bodies instead. */
export const APP_OPTIONS = { bodyParser: false } as const;

/** Sets up everything around the modules: headers, bodies, CORS, docs. Used by both the service and its tests. */
export function setupApp(app: NestExpressApplication, { http, log, metrics }: Config): void {
  app.disable('x-powered-by');
  // Carts, products and docs set their own entity tags; Express would hash every other body for a tag that no client uses.
  app.disable('etag');
  app.set('query parser', parseQuery);
  app.set('trust proxy', http.trustProxy);

  const shutdown = app.get(ShutdownMiddleware);
  const access = new AccessLog(log);
  const cors = new Cors(http.corsOrigins);
  app.use(
    firstSteps(
      requestId,
      access.use.bind(access),
      commonHeaders,
      shutdown.announce.bind(shutdown),
      // Before all steps that reject, because scripts of other origins must be able to read those responses too.
      ...(http.corsOrigins.length > 0 ? [cors.use.bind(cors)] : []),
      shutdown.reject.bind(shutdown),
      requireWellFormed,
    ),
  );
  if (http.docs) setupSwagger(app);
  serveMetrics(app.getHttpAdapter().getInstance(), metrics);
  const server: Server = app.getHttpServer();
  setupServer(server, cors, http);
  const express: RequestListener = app.getHttpAdapter().getInstance();
  new RequestGate(inScope(express, log.slowMs > 0), new Rejections(COMMON_HEADERS, cors, http.problemTypeBase)).guard(
    server,
  );
  if (metrics.isOn) measureRequests(server);
}
