import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Claims } from './claims.js';

/** About 500 bytes each. */
const MAX_TOKENS = 10_000;
/** How long a token is trusted without checking its signature and the age of the keys again. */
const MAX_AGE_MS = 60_000;

interface Verified {
  readonly claims: Claims;
  readonly verifiedAt: number;
  readonly trusted: unknown;
}

/**
 * A cache of recently verified tokens: clients send the same token again and again, and a signature takes 10 to 100 µs, a
 * digest 2 µs. Only the digest of a token is kept, and no entry outlives the token's own expiry.
 */
export class VerifiedTokens {
  private readonly verified = new LRUCache<string, Verified>({ max: MAX_TOKENS });

  /**
   * The claims of a token, if it was verified recently with the keys that are still trusted.
   * @param now milliseconds since the Unix epoch.
   * @param trusted identifies the keys; another object means other keys.
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
