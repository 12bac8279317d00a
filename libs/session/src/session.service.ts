import { Injectable } from '@nestjs/common';
import { InjectConfig, type SessionConfig } from '#config';
import { type Clock } from '#kernel';
import { InjectClock } from '#runtime';
import type { JsonObject } from './domain/json-object.js';
import { isSessionId, newSessionId, type Session } from './domain/session.js';
import { patched, type SessionPatch } from './domain/session-patch.js';
import { InjectCartCounter, type CartCounter } from './ports/cart-counter.js';
import { SessionContendedError, SessionNotFoundError } from './session.errors.js';
import { SessionIndex } from './session-index.store.js';
import { SessionRenewal } from './session-renewal.js';
import { sessionEvents } from './session.metrics.js';
import { MAX_ATTEMPTS, SessionStore, type ReadSession } from './session.store.js';

const MAX_USER_AGENT_LENGTH = 256;

export interface NewSession {
  readonly preferences: JsonObject;
  readonly data: JsonObject;
  readonly userAgent: string | undefined;
  readonly ip: string | undefined;
}

/** A session and the current number of items in its user's cart. */
export interface LiveSession {
  readonly session: Session;
  readonly cartCount: number;
}

/** The operations on a user's sessions. All of them throw RedisUnavailableError. */
@Injectable()
export class SessionService {
  constructor(
    private readonly store: SessionStore,
    private readonly index: SessionIndex,
    private readonly renewal: SessionRenewal,
    @InjectCartCounter() private readonly carts: CartCounter,
    @InjectConfig('session') private readonly config: SessionConfig,
    @InjectClock() private readonly clock: Clock,
  ) {}

  /** Creates a session. If the user then has too many, the one idle longest ends. */
  async create(userId: string, { preferences, data, userAgent, ip }: NewSession): Promise<LiveSession> {
    const now = Math.floor(this.clock.now() / 1000);
    const session: Session = {
      id: newSessionId(),
      userId,
      createdAt: now,
      lastActivity: now,
      expiresAt: now + Math.min(this.config.idleSeconds, this.config.absoluteSeconds),
      preferences,
      data,
      userAgent: userAgent?.slice(0, MAX_USER_AGENT_LENGTH).toWellFormed() ?? null,
      ip: ip ?? null,
    };
    const [cartCount] = await Promise.all([this.carts.countItems(userId), this.index.check(userId)]);
    // In this order, so that the index never lacks a session whose id a client knows.
    await this.store.put(session);
    sessionEvents.inc({ event: 'created' });
    await this.endSurplus(userId, await this.index.note(userId, session.id));
    return { session, cartCount };
  }

  /** The user's sessions, the latest active first. This renews none of them. */
  async list(userId: string): Promise<LiveSession[]> {
    const [ids, cartCount] = await Promise.all([this.index.idsOf(userId), this.carts.countItems(userId)]);
    const { sessions, gone } = await this.store.readAll(ids);
    this.index.forgetLater(userId, gone);
    return sessions
      .toSorted((left, right) => right.lastActivity - left.lastActivity)
      .map((session) => ({ session, cartCount }));
  }

  /**
   * Reads one of the user's sessions and renews its idle time.
   * @throws SessionNotFoundError
   */
  async get(userId: string, sessionId: string): Promise<LiveSession> {
    const [{ session }, cartCount] = await Promise.all([this.touch(userId, sessionId), this.carts.countItems(userId)]);
    return { session, cartCount };
  }

  /**
   * Merges patches into a session's objects and renews its idle time. Concurrent patches are all applied.
   * @throws SessionNotFoundError
   * @throws ValidationFailedError if an object would be too large.
   * @throws SessionContendedError
   */
  async patch(userId: string, sessionId: string, patch: SessionPatch): Promise<LiveSession> {
    const [touched, cartCount] = await Promise.all([this.touch(userId, sessionId), this.carts.countItems(userId)]);
    let read = touched;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const session = patched(read.session, patch);
      const replaced = await this.store.replace(read, session);
      if (replaced.code === 'ok') return { session, cartCount };
      if (replaced.code === 'session_not_found') throw new SessionNotFoundError();
      ({ read } = replaced);
    }
    throw new SessionContendedError(userId);
  }

  /**
   * Gives a session another id. The old id is valid until the session is stored under the new one, with all concurrent changes,
   * and never after that. A session that was renewed a moment ago keeps that new id, because the client may have missed the
   * response.
   * @throws SessionNotFoundError, SessionContendedError
   */
  async renew(userId: string, sessionId: string): Promise<LiveSession> {
    const [session, cartCount] = await Promise.all([
      this.renewal.renew(userId, sessionId),
      this.carts.countItems(userId),
    ]);
    return { session, cartCount };
  }

  /** @throws SessionNotFoundError */
  async delete(userId: string, sessionId: string): Promise<void> {
    const deleted = isSessionId(sessionId) && (await this.store.delete(userId, sessionId));
    if (!deleted) throw new SessionNotFoundError();
    sessionEvents.inc({ event: 'ended' });
    this.index.forgetLater(userId, [sessionId]);
  }

  /**
   * Ends all sessions of the user except one.
   * @returns the number of ended sessions.
   */
  async deleteAll(userId: string, exceptId?: string): Promise<number> {
    const ids = (await this.index.idsOf(userId)).filter((id) => id !== exceptId);
    const ended = await this.store.endAll(ids);
    sessionEvents.inc({ event: 'ended' }, ended);
    await this.index.forget(userId, ids);
    return ended;
  }

  /** Whether a session of any user is active. */
  async isActive(sessionId: string): Promise<boolean> {
    return isSessionId(sessionId) && this.store.exists(sessionId);
  }

  private async touch(userId: string, sessionId: string): Promise<ReadSession> {
    const read = isSessionId(sessionId) ? await this.store.touch(userId, sessionId) : undefined;
    if (read === undefined) throw new SessionNotFoundError();
    this.index.noteLater(userId, sessionId);
    return read;
  }

  /**
   * Ends sessions beyond the maximum per user, the longest idle first. Sessions that are gone do not count.
   * @param ids all ids in the index, the latest active first.
   */
  private async endSurplus(userId: string, ids: readonly string[]): Promise<void> {
    if (ids.length <= this.config.maxPerUser) return;
    const existing = await this.store.existing(ids);
    const kept = new Set(ids.filter((id) => existing.has(id)).slice(0, this.config.maxPerUser));
    const surplus = ids.filter((id) => !kept.has(id));
    sessionEvents.inc({ event: 'ended' }, await this.store.endAll(surplus));
    await this.index.forget(userId, surplus);
  }
}
