import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Claims } from './claims.js';

/** About 500 bytes each. */
const MAX_TOKENS = 10_000;
/** How long a token is believed without a look at its signature, and at the age of the keys. */
const MAX_AGE_MS = 60_000;

interface Verified {
  readonly claims: Claims;
  readonly verifiedAt: number;
  readonly trusted: unknown;
}

/**
 * What tokens say that were verified a moment ago: clients send the same one again and again, and a signature takes 10 to
 * 100 µs, a digest 2. No token is kept, only its digest, and none counts past its own expiry.
 */
export class VerifiedTokens {
  private readonly verified = new LRUCache<string, Verified>({ max: MAX_TOKENS });

  /**
   * What a token says, if it was verified just now by what is trusted still.
   * @param now milliseconds since the Unix epoch.
   * @param trusted stands for the keys; another object means that there are others.
   */
  find(token: string, now: number, trusted: unknown): Claims | undefined {
    const found = this.verified.get(digestOf(token));
    if (found === undefined || found.trusted !== trusted) return undefined;
    const age = now - found.verifiedAt;
    return age >= 0 && age < MAX_AGE_MS && Math.floor(now / 1000) < found.claims.expiresAt ? found.claims : undefined;
  }

  keep(token: string, claims: Claims, verifiedAt: number, trusted: unknown): void {
    this.verified.set(digestOf(token), { claims, verifiedAt, trusted });
  }
}

function digestOf(token: string): string {
  return hash('sha256', token, 'base64');
}
