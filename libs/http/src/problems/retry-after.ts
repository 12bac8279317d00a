import { randomInt } from 'node:crypto';
import type { DomainError } from '#kernel';

/**
 * The range of seconds over which clients that get a 503 at the same time are spread, so that they do not all return at once.
 */
const SPREAD_SECONDS = 5;

/**
 * The `Retry-After` of a problem, in seconds: for a 503 a random delay from the earliest time on, for any other its own value.
 */
export function retryAfterOf({ retryAfterSeconds }: DomainError, status: number): number | undefined {
  return status === 503 ? (retryAfterSeconds ?? 1) + randomInt(SPREAD_SECONDS) : retryAfterSeconds;
}
