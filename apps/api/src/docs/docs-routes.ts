import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Application, RequestHandler } from 'express';
import helmet from 'helmet';
import { headersOf } from '#http';
import { DOCS_INIT, DOCS_PAGE } from './docs-page.js';
import { preparedResponse } from './prepared-response.js';

type Header = readonly [name: string, value: string];

const HTML: Header = ['Content-Type', 'text/html; charset=utf-8'];
const SCRIPT: Header = ['Content-Type', 'text/javascript; charset=utf-8'];
const STYLES: Header = ['Content-Type', 'text/css; charset=utf-8'];
const PICTURE: Header = ['Content-Type', 'image/png'];
const JSON_DOCUMENT: Header = ['Content-Type', 'application/json; charset=utf-8'];

/** The files of Swagger UI that the page loads. No other file of its package is served. */
const ASSETS = new Map([
  ['swagger-ui.css', STYLES],
  ['swagger-ui-bundle.js', SCRIPT],
  ['swagger-ui-standalone-preset.js', SCRIPT],
  ['favicon-16x16.png', PICTURE],
  ['favicon-32x32.png', PICTURE],
]);

/** The page and the document may change with each release of the service. */
const CHANGING: Header = ['Cache-Control', 'public, max-age=300'];
/** Swagger UI's files change only with a release of Swagger UI. */
const LASTING: Header = ['Cache-Control', 'public, max-age=86400'];

/** Helmet's default would make browsers load the page's own files over https, which fails if the service uses plain http. */
const PAGE_HEADERS = headersOf(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));

/**
 * Serves Swagger UI at `/docs` and the OpenAPI document at `/docs-json`. All of it is public and the same for everyone.
 * @param limit runs before each response, and may reject the request.
 * @param makeDocument called once, for the first request.
 */
export function serveDocs(app: Application, limit: RequestHandler, makeDocument: () => object): void {
  const serve = (path: string, headers: readonly Header[], make: () => string | Buffer): void => {
    app.get(path, limit, preparedResponse(new Map(headers), make));
  };
  serve('/docs', [...PAGE_HEADERS, HTML, CHANGING], () => DOCS_PAGE);
  serve('/docs/swagger-ui-init.js', [SCRIPT, CHANGING], () => DOCS_INIT);
  serve('/docs-json', [JSON_DOCUMENT, CHANGING], () => JSON.stringify(makeDocument()));

  const folder = dirname(createRequire(import.meta.filename).resolve('swagger-ui-dist/package.json'));
  for (const [name, type] of ASSETS) serve(`/docs/${name}`, [type, LASTING], () => readFileSync(join(folder, name)));
}
