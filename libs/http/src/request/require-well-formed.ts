import type { Request } from 'express';
import { ExpectationFailedError, InvalidHostError } from '../problems/http.errors.js';

/** RFC 3986, section 3.2: a name, an IPv4 address or an IP literal, and a port. Duplicate headers are joined by `, `. */
const HOST = /^(?:[\w.~!$&'()*+,;=%-]*|\[[\da-f:.]+\])(?::\d*)?$/i;

/** As Node's HTTP server recognizes it; it has then already sent `100 Continue`. */
const CONTINUE = /(?:^|\W)100-continue(?:$|\W)/i;

/**
 * Rejects what Node's HTTP server accepts, or would reject without our headers and without a body.
 * @throws InvalidHostError, ExpectationFailedError
 */
export function requireWellFormed({ headers, httpVersion }: Request): void {
  const { host, expect } = headers;
  if (host === undefined ? httpVersion !== '1.0' : !HOST.test(host)) throw new InvalidHostError();
  if (expect !== undefined && !CONTINUE.test(expect)) throw new ExpectationFailedError();
}
