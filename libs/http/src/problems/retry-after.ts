import { randomInt } from 'node:crypto';
import type { DomainError } from '#kernel';

/** Seconds over which callers are spread who hear 503 at the same time: those who obey would come back at the same time. */
const SPREAD_SECONDS = 5;

/** The `Retry-After` of a problem, in seconds: of a 503 some seconds from the earliest on, of any other what it says. */
export function retryAfterOf({ retryAfterSeconds }: DomainError, status: number): number | undefined {
  return status === 503 ? (retryAfterSeconds ?? 1) + randomInt(SPREAD_SECONDS) : retryAfterSeconds;
}
