import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { VERSION } from '#config';
import { DocsLimit } from './admission/docs-limit.js';
import { serveDocs } from './docs/docs-routes.js';
import { completeDocument } from './openapi/complete-document.js';

const DESCRIPTION = `Shopping carts, sessions and a product cache on Redis.

**To try it out:** press **Authorize** and paste a token: the one that \`npm start\` prints, or the \`access_token\` of
\`POST /auth/guest\`. The page keeps it when it is loaded again. Every operation can then be executed as it is, from top to
bottom. Ids and tokens in the examples are replaced by those of the latest response on this page when a request is sent; the
\`curl\` command shows what was sent.

**Roles:** \`catalog\` writes the product cache, \`ops\` sees the state of Redis, \`orders\` completes checkouts,
\`privacy\` reads and erases the data of any user, \`support\` reads and changes the cart of any user, with a token that
names the actor.

**Errors** are \`application/problem+json\` (RFC 9457) with a stable \`code\`; each operation lists its own. A user has 100
requests a minute unless the service is set otherwise: \`X-RateLimit-Remaining\` tells how many are left.`;

const JWT = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } as const;
/** Kinds of tokens. A client may have one of each, so that a tool can send each operation the token that it accepts. */
const TOKEN = { ...JWT, description: 'Your `access_token`, without the word Bearer.' };
const ACCOUNT_TOKEN = {
  ...JWT,
  description: 'The `access_token` of `POST /auth/login`. `/docs` takes it from the latest response.',
};
const AGENT_TOKEN = {
  ...JWT,
  description:
    "For another user's cart: a token with the role `support` and an `act` claim. In development `/docs` takes it from the " +
    'latest response of `POST /auth/token`.',
};

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
    .addServer('/', 'The service that this document is from')
    .addBearerAuth(TOKEN)
    .addBearerAuth(ACCOUNT_TOKEN, 'account')
    .addBearerAuth(AGENT_TOKEN, 'agent')
    .addTag('auth', 'Tokens: start here')
    .addTag('cart', "The caller's own cart")
    .addTag('checkout', 'Freezing a cart for an order service')
    .addTag('session', "The caller's own sessions")
    .addTag('cache', 'The product cache')
    .addTag('support', "Another user's cart (role support)")
    .addTag('privacy', 'What is stored about a user')
    .addTag('monitoring', 'Probes and Redis')
    .build();
  return completeDocument(
    SwaggerModule.createDocument(app, config, { operationIdFactory: (_controller, handler) => handler }),
  );
}
