import type { RequestListener, Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from '#config';
import {
  accessLog,
  Cors,
  parseQuery,
  requestId,
  requireWellFormed,
  ShutdownMiddleware,
  COMMON_HEADERS,
  commonHeaders,
  setupServer,
} from '#http';
import { firstSteps } from './first-steps.js';
import { Rejections } from './overload/rejections.js';
import { RequestGate } from './overload/request.gate.js';
import { setupSwagger } from './swagger.js';

/** Options that `NestFactory` and the tests create the application with: `JsonBodyGuard` reads the bodies. */
export const APP_OPTIONS = { bodyParser: false } as const;

/** Everything around the modules: headers, bodies, CORS, docs. The same for the service and for its tests. */
export function setupApp(app: NestExpressApplication, { http }: Config): void {
  app.disable('x-powered-by');
  // Carts, products and docs set their own; Express would hash every other body for one that no client uses.
  app.disable('etag');
  app.set('query parser', parseQuery);
  app.set('trust proxy', http.trustProxy);

  const shutdown = app.get(ShutdownMiddleware);
  const cors = new Cors(http.corsOrigins);
  app.use(
    firstSteps(
      requestId,
      accessLog,
      commonHeaders,
      shutdown.announce.bind(shutdown),
      // Before all that rejects: scripts of other origins are to read that too.
      ...(http.corsOrigins.length > 0 ? [cors.use.bind(cors)] : []),
      shutdown.reject.bind(shutdown),
      requireWellFormed,
    ),
  );
  setupSwagger(app);
  const server: Server = app.getHttpServer();
  setupServer(server, cors, http);
  const express: RequestListener = app.getHttpAdapter().getInstance();
  new RequestGate(express, new Rejections(COMMON_HEADERS, cors)).guard(server);
}
