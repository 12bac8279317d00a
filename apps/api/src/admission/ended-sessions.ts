import { LRUCache } from 'lru-cache';

/** About 200 bytes each. */
const MAX_SESSIONS = 10_000;
const REMEMBERED_MS = 10_000;

/**
 * Remembers ended sessions for a while, so that a flood of requests with a revoked token costs Redis only one lookup. Entries
 * cannot become wrong, because session ids are never reused.
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
