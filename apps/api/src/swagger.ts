import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import helmet from 'helmet';
import { VERSION } from '#config';

const DESCRIPTION = `Shopping carts, sessions and a product cache on Redis.

Every endpoint but the public ones asks for a bearer token: get one with \`POST /auth/guest\` (or, in development,
\`POST /auth/token\`), press **Authorize** and paste it. Errors are \`application/problem+json\` with a stable \`code\`.`;

/** Serves Swagger UI at `/docs` and the OpenAPI document at `/docs-json`. */
export function setupSwagger(app: NestExpressApplication): void {
  // Helmet's default would have browsers load the page's own files by https, which a service behind plain http is not.
  app.use('/docs', helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));
  SwaggerModule.setup('docs', app, () => createDocument(app), {
    jsonDocumentUrl: 'docs-json',
    customSiteTitle: 'Cartwright API',
    swaggerOptions: { persistAuthorization: true, tryItOutEnabled: true },
  });
}

function createDocument(app: NestExpressApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Cartwright')
    .setDescription(DESCRIPTION)
    .setVersion(VERSION)
    .setLicense('MIT', 'https://spdx.org/licenses/MIT.html')
    .addBearerAuth()
    .addTag('cart', "The caller's own cart")
    .addTag('session', "The caller's own sessions")
    .addTag('cache', 'The product cache')
    .addTag('auth', 'Tokens')
    .addTag('monitoring', 'Probes and Redis')
    .build();
  return SwaggerModule.createDocument(app, config);
}
