import { randomKey } from '../http/random-key.js';
import { IDEMPOTENCY_KEY } from '../http/service-request.js';
import type { CallOptions } from './api.js';
import { tagOf } from './entity-tags.js';

/** What every write to a cart takes. */
export interface WriteOptions extends CallOptions {
  /** A cart that the client has returned, its `ETag`, or `*`: the write is rejected with `version_mismatch` if the cart has changed since. */
  readonly ifMatch?: object | string | undefined;
  /** 1 to 128 printable ASCII characters; by default a new one for each call. A write is applied once for each key. */
  readonly idempotencyKey?: string | undefined;
  /** Returns the cart as it would be, and changes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** How a write is sent: with a key, so that it can be retried. */
export function asWrite({ ifMatch, idempotencyKey = randomKey(), dryRun, signal }: WriteOptions) {
  return {
    signal,
    query: dryRun === true ? { dry_run: true } : {},
    headers: { [IDEMPOTENCY_KEY]: idempotencyKey, ...ifMatchHeader(ifMatch) },
  };
}

export function ifMatchHeader(ifMatch: object | string | undefined): Readonly<Record<string, string>> {
  return ifMatch === undefined ? {} : { 'if-match': tagOf(ifMatch) };
}
