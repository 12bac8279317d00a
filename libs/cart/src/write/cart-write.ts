import { createHash } from 'node:crypto';

/** A request that is carried out once. */
export interface Idempotency {
  readonly key: string;
  /** Tells this request from any other. */
  readonly fingerprint: string;
}

/** Whose cart is written, and on what conditions. */
export interface CartWrite {
  readonly userId: string;
  /** The states of which the cart must have one, as `,4f1c22a9.3,4f1c22a9.4,`; `''` if any will do. */
  readonly ifMatch: string;
  readonly idempotency: Idempotency | undefined;
}

/**
 * A digest of what a request asks for: 43 characters of base64url. Bodies that differ in white space alone are the
 * same request.
 */
export function fingerprintOf(method: string, url: string, body: unknown): string {
  return createHash('sha256')
    .update(`${method} ${url}\n${JSON.stringify(body ?? null)}`)
    .digest('base64url');
}
