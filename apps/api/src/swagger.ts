import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { VERSION } from '#config';
import { DocsLimit } from './admission/docs-limit.js';
import { serveDocs } from './docs/docs-routes.js';
import { completeDocument } from './openapi/complete-document.js';

const DESCRIPTION = `Shopping carts, sessions and a product cache on Redis.

**To try it out:** execute \`POST /auth/guest\` below, copy its \`access_token\`, press **Authorize** and paste it. The page
keeps it when it is loaded again. Tokens with a role come from your identity provider, in development also from
\`POST /auth/token\`: \`catalog\` writes the product cache, \`ops\` sees the state of Redis, \`orders\`
completes checkouts.

**Errors** are \`application/problem+json\` (RFC 9457) with a stable \`code\`; each operation lists its own. A user has 100
requests a minute unless the service is set otherwise: \`X-RateLimit-Remaining\` tells how many are left.`;

const TOKEN = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description: 'An `access_token`, without the word Bearer.',
} as const;

/** Serves Swagger UI at `/docs` and the OpenAPI document at `/docs-json`. */
export function setupSwagger(app: NestExpressApplication): void {
  const limit = app.get(DocsLimit);
  serveDocs(app.getHttpAdapter().getInstance(), limit.use.bind(limit), () => createDocument(app));
}

/** The OpenAPI document of the application. */
export function createDocument(app: NestExpressApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Cartwright')
    .setDescription(DESCRIPTION)
    .setVersion(VERSION)
    .setLicense('MIT License', 'https://spdx.org/licenses/MIT.html')
    .addBearerAuth(TOKEN)
    .addTag('auth', 'Tokens: start here')
    .addTag('cart', "The caller's own cart")
    .addTag('checkout', 'The hand-off of a cart to whoever takes orders')
    .addTag('session', "The caller's own sessions")
    .addTag('cache', 'The product cache')
    .addTag('monitoring', 'Probes and Redis')
    .build();
  return completeDocument(SwaggerModule.createDocument(app, config, { operationIdFactory }));
}

/** `CartController.add` is `cartAdd` to whoever generates a client. */
function operationIdFactory(controller: string, method: string): string {
  const area = controller.replace(/Controller$/, '');
  return area.charAt(0).toLowerCase() + area.slice(1) + method.charAt(0).toUpperCase() + method.slice(1);
}
