import { createHash, timingSafeEqual } from 'node:crypto';

const BEARER = /^Bearer +(\S+)$/i;

/** Checks the bearer token of scrapes, in a time that does not depend on how much of it is right. */
export class ScrapeToken {
  private readonly digest: Buffer | undefined;

  /** @param token undefined if every scrape is allowed. */
  constructor(token: string | undefined) {
    this.digest = token === undefined ? undefined : digestOf(token);
  }

  /** @param authorization the request's `Authorization` header. */
  isIn(authorization: string | undefined): boolean {
    if (this.digest === undefined) return true;
    const given = BEARER.exec(authorization ?? '')?.[1];
    return given !== undefined && timingSafeEqual(digestOf(given), this.digest);
  }
}

/** Digests have the same length, as `timingSafeEqual` requires. */
function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
