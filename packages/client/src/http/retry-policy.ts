/** How often and how long a request is retried. */
export interface RetryPolicy {
  /** Attempts of one request. 1 turns retries off. */
  readonly maxAttempts: number;
  /** A retry that would begin later than this after the first attempt is not made; the last failure is thrown then. */
  readonly maxElapsedMs: number;
  /** The longest wait before the first retry. It doubles with each further one, up to `maxDelayMs`. */
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  maxAttempts: 8,
  maxElapsedMs: 30_000,
  baseDelayMs: 200,
  maxDelayMs: 5_000,
};

/** Clients with the same `Retry-After` do not all retry at the same moment. */
const MAX_JITTER_AFTER_MS = 1_000;

/**
 * Milliseconds to wait before the next attempt: random, so that clients spread out, and never shorter than `Retry-After`.
 *
 * @param failures how many attempts have failed so far, from 1.
 */
export function delayBefore(policy: RetryPolicy, failures: number, retryAfterMs = 0): number {
  const longest = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (failures - 1));
  if (retryAfterMs === 0) return Math.random() * longest;
  return retryAfterMs + Math.random() * Math.min(MAX_JITTER_AFTER_MS, longest);
}
