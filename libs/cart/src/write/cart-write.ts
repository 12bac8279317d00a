import { createHash } from 'node:crypto';

/** The idempotency key of a request. */
export interface Idempotency {
  readonly key: string;
  /** Distinguishes this request from any other. */
  readonly fingerprint: string;
}

/** Whose cart is written, and on what conditions. */
export interface CartWrite {
  readonly userId: string;
  /** Who writes it for the user, if it is not the user. */
  readonly actor: string | undefined;
  /** The states that the cart may have, as `,4f1c22a9.3,4f1c22a9.4,`; `''` for any state. */
  readonly ifMatch: string;
  readonly idempotency: Idempotency | undefined;
  /** Whether only to return what would be, without writing anything. */
  readonly dryRun: boolean;
}

/** A digest of a request: 43 characters of base64url. Bodies that differ only in white space are the same request. */
export function fingerprintOf(method: string, url: string, body: unknown): string {
  return createHash('sha256')
    .update(`${method} ${url}\n${JSON.stringify(body ?? null)}`)
    .digest('base64url');
}
