import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { headersOf } from '#http';
import { preparedResponse } from '../docs/prepared-response.js';

/** Names of the build's files. No other text may become a path. */
const NAME = /^[a-z-]{1,40}\.(?:css|html|js|svg)$/;

const TYPES = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);

/** Nothing but files and requests of the page's own origin, and no text that becomes HTML or a script. */
const POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    baseUri: ["'none'"],
    connectSrc: ["'self'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
    imgSrc: ["'self'"],
    requireTrustedTypesFor: ["'script'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
  },
};

const HEADERS = headersOf(helmet({ contentSecurityPolicy: POLICY }));

/**
 * A file that the build has made of `apps/shop`. Browsers ask for it each time, and get it only if it has changed.
 * @returns undefined if there is no such file.
 */
export function shopFile(name: string): RequestHandler | undefined {
  const body = NAME.test(name) ? read(name) : undefined;
  if (body === undefined) return undefined;
  const type = TYPES.get(extname(name)) ?? 'application/octet-stream';
  return preparedResponse(new Map([...HEADERS, ['Content-Type', type], ['Cache-Control', 'no-cache']]), () => body);
}

function read(name: string): Buffer | undefined {
  try {
    // `imports` in package.json says where the build is, for the sources, the compiled files and the bundle.
    return readFileSync(createRequire(import.meta.filename).resolve(`#shop/${name}`));
  } catch {
    return undefined;
  }
}
