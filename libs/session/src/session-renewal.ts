import { Injectable } from '@nestjs/common';
import { isSessionId, newSessionId, type Session } from './domain/session.js';
import { SessionContendedError, SessionNotFoundError } from './session.errors.js';
import { SessionIndex } from './session-index.store.js';
import { sessionEvents } from './session.metrics.js';
import { MAX_ATTEMPTS, SessionStore, type ReadSession } from './session.store.js';

/** Gives sessions new ids. All operations throw RedisUnavailableError. */
@Injectable()
export class SessionRenewal {
  constructor(
    private readonly store: SessionStore,
    private readonly index: SessionIndex,
  ) {}

  /**
   * Returns the session under its new id. If it was already renewed in the last minute, it keeps that id, because the client
   * may have missed the response.
   * @throws SessionNotFoundError, SessionContendedError
   */
  async renew(userId: string, sessionId: string): Promise<Session> {
    if (!isSessionId(sessionId)) throw new SessionNotFoundError();
    const [read] = await Promise.all([this.store.touch(userId, sessionId), this.index.check(userId)]);
    const moved = read && (await this.move(read, newSessionId()));
    if (moved !== undefined) sessionEvents.inc({ event: 'renewed' });
    const session = moved ?? (await this.renewedBefore(userId, sessionId));
    this.index.forgetLater(userId, [sessionId]);
    return session;
  }

  /**
   * Stores and indexes the session under another id, then ends the old one if its content is unchanged. A failure at any step
   * leaves at least one of the two, so a retry succeeds.
   * @returns undefined if the old session was ended meanwhile.
   */
  private async move(first: ReadSession, id: string): Promise<Session | undefined> {
    const { userId } = first.session;
    let read = first;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const session = { ...read.session, id };
      await this.store.put(session);
      await this.index.note(userId, id);
      const ended = await this.store.endRenewed(read, id);
      if (ended.code === 'ok') return session;
      if (ended.code === 'session_not_found') {
        await this.drop(userId, id);
        return undefined;
      }
      ({ read } = ended);
    }
    await this.drop(userId, id);
    throw new SessionContendedError(userId);
  }

  /** @throws SessionNotFoundError */
  private async renewedBefore(userId: string, sessionId: string): Promise<Session> {
    const id = await this.store.renewedId(sessionId);
    const read = id !== undefined && isSessionId(id) ? await this.store.touch(userId, id) : undefined;
    if (read === undefined) throw new SessionNotFoundError();
    return read.session;
  }

  /** Ends a session whose id no client has received. */
  private async drop(userId: string, sessionId: string): Promise<void> {
    await this.store.endAll([sessionId]);
    this.index.forgetLater(userId, [sessionId]);
  }
}
