import { Injectable } from '@nestjs/common';
import { InjectClock, type Clock } from '#common';
import { InjectConfig, type SessionConfig } from '#config';
import { isSessionId, newSessionId, type JsonObject, type Session } from './domain/session.js';
import { InjectCartCounter, type CartCounter } from './ports/cart-counter.js';
import { SessionNotFoundError } from './session.errors.js';
import { SessionStore } from './session.store.js';

const MAX_USER_AGENT_LENGTH = 256;

export interface NewSession {
  readonly preferences: JsonObject;
  readonly data: JsonObject;
  readonly userAgent: string | undefined;
}

/** A session and the number of items in its user's cart at this moment. */
export interface LiveSession {
  readonly session: Session;
  readonly cartCount: number;
}

/** The operations on a user's sessions. All of them throw RedisUnavailableError. */
@Injectable()
export class SessionService {
  constructor(
    private readonly store: SessionStore,
    @InjectCartCounter() private readonly carts: CartCounter,
    @InjectConfig('session') private readonly config: SessionConfig,
    @InjectClock() private readonly clock: Clock,
  ) {}

  async create(userId: string, { preferences, data, userAgent }: NewSession): Promise<LiveSession> {
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
    };
    // In this order, so that a request that fails leaves no session behind.
    const cartCount = await this.carts.countItems(userId);
    await this.store.create(session);
    return { session, cartCount };
  }

  /**
   * Reads a session of the user's own and renews its idle time.
   * @throws SessionNotFoundError
   */
  async get(userId: string, sessionId: string): Promise<LiveSession> {
    if (!isSessionId(sessionId)) throw new SessionNotFoundError();
    const [session, cartCount] = await Promise.all([
      this.store.touch(userId, sessionId),
      this.carts.countItems(userId),
    ]);
    if (session === undefined) throw new SessionNotFoundError();
    return { session, cartCount };
  }

  /** @throws SessionNotFoundError */
  async delete(userId: string, sessionId: string): Promise<void> {
    const deleted = isSessionId(sessionId) && (await this.store.delete(userId, sessionId));
    if (!deleted) throw new SessionNotFoundError();
  }

  /** Whether a session stands, whoever owns it. */
  async isActive(sessionId: string): Promise<boolean> {
    return isSessionId(sessionId) && this.store.exists(sessionId);
  }
}
