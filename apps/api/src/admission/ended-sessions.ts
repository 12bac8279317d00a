import { LRUCache } from 'lru-cache';

/** About 200 bytes each. */
const MAX_SESSIONS = 10_000;
const REMEMBERED_MS = 10_000;

/**
 * Sessions that were found to have ended, for a while: a flood of requests with a revoked token costs Redis one check. The
 * id of a session is never used again, so none of them is wrong.
 */
export class EndedSessions {
  private readonly ended = new LRUCache<string, true>({ max: MAX_SESSIONS, ttl: REMEMBERED_MS });

  has(sessionId: string): boolean {
    return this.ended.has(sessionId);
  }

  add(sessionId: string): void {
    this.ended.set(sessionId, true);
  }
}
