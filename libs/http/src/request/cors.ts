import type { Request, Response } from 'express';

type Headers = Map<string, string>;

/** What a browser's script may read of a response from another origin. */
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
/** How long a browser may remember a preflight's response. */
const MAX_AGE_SECONDS = '600';

/**
 * Lets scripts of some origins call the service and read every response of it, errors too. Not the `cors` package: what
 * Node's parser rejects needs the same headers, without a request and a response.
 */
export class Cors {
  private readonly ofOrigins: ReadonlyMap<string, Headers>;
  /** What a response says to everyone else: for scripts of another origin it would be another. */
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

  /** The same for a request of which there are some bytes only. Where they do not say the origin, it is the only one there is. */
  headersForBytes(bytes: Buffer | undefined): Headers {
    const named = bytes && /^origin:[ \t]*(\S+)/im.exec(bytes.toString('latin1'))?.[1];
    const [only, ...others] = this.ofOrigins.keys();
    return this.headersFor(named ?? (others.length === 0 ? only : undefined));
  }

  /** Sets the headers, and responds to preflights itself. */
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
