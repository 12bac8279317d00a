import type { Request, Response } from 'express';

type Headers = Map<string, string>;

/** The response headers that scripts of other origins may read. */
const EXPOSED_HEADERS = [
  'ETag',
  'Idempotency-Replayed',
  'Retry-After',
  'X-Cache',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'X-Request-Id',
].join(',');

const METHODS = 'GET,HEAD,PUT,PATCH,POST,DELETE';
/** How long a browser may cache a preflight response. */
const MAX_AGE_SECONDS = '600';

/**
 * Allows scripts of configured origins to call the service and read all responses, errors included. The `cors` package cannot
 * be used, because responses to what Node's parser rejects need the same headers, without a request and a response object.
 */
export class Cors {
  private readonly ofOrigins: ReadonlyMap<string, Headers>;
  /** The headers for everyone else. Responses still vary by origin. */
  private readonly ofOthers: Headers;

  constructor(origins: readonly string[]) {
    this.ofOthers = new Map(origins.length === 0 ? [] : [['vary', 'Origin']]);
    this.ofOrigins = new Map(
      origins.map((origin) => [
        origin,
        new Map([
          ['vary', 'Origin'],
          ['access-control-allow-origin', origin],
          ['access-control-expose-headers', EXPOSED_HEADERS],
        ]),
      ]),
    );
  }

  /** The headers of a response to a script of `origin`. */
  headersFor(origin: string | undefined): Headers {
    return (origin === undefined ? undefined : this.ofOrigins.get(origin)) ?? this.ofOthers;
  }

  /**
   * The headers for a request of which only some bytes arrived. If they do not contain the origin, and only one is configured,
   * that one is assumed.
   */
  headersForBytes(bytes: Buffer | undefined): Headers {
    const named = bytes && /^origin:[ \t]*(\S+)/im.exec(bytes.toString('latin1'))?.[1];
    const [only, ...others] = this.ofOrigins.keys();
    return this.headersFor(named ?? (others.length === 0 ? only : undefined));
  }

  /** Sets the headers and responds to preflights. */
  use({ method, headers }: Request, response: Response): void {
    response.setHeaders(this.headersFor(headers.origin));
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return;
    const asked = headers['access-control-request-headers'];
    response.vary('Access-Control-Request-Headers');
    response.setHeader('Access-Control-Allow-Methods', METHODS);
    if (asked !== undefined) response.setHeader('Access-Control-Allow-Headers', asked);
    response.setHeader('Access-Control-Max-Age', MAX_AGE_SECONDS);
    response.status(204).end();
  }
}
