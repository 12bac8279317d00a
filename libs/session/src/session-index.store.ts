import { Injectable, Logger } from '@nestjs/common';
import { InjectConfig, type SessionConfig } from '#config';
import { type Clock } from '#kernel';
import { keys, RedisFullError, reply } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';

/**
 * The sessions of each user, sorted by their last activity. A session and the index are in different cluster slots, so the
 * index is only a hint: it may contain sessions that are gone, which readers remove. All operations throw
 * RedisUnavailableError.
 */
@Injectable()
export class SessionIndex {
  private readonly logger = new Logger(SessionIndex.name);

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('session') private readonly config: SessionConfig,
    @InjectClock() private readonly clock: Clock,
  ) {}

  /**
   * Records that a session was active now. The index lives as long as a session may.
   * @returns the ids after that, as `idsOf` does.
   */
  async note(userId: string, sessionId: string): Promise<string[]> {
    const key = keys.sessions(userId);
    const noted = this.redis.zadd(key, this.clock.now(), sessionId);
    const kept = this.redis.expire(key, this.config.absoluteSeconds);
    const [, , ids] = await Promise.all([reply(noted), reply(kept), this.idsOf(userId)]);
    return ids;
  }

  /** The ids of the user's sessions, and of some that are gone, the latest active first. */
  async idsOf(userId: string): Promise<string[]> {
    return reply(this.redis.zrange(keys.sessions(userId), 0, '-1', 'REV'));
  }

  /**
   * Fails if the index is not writable, before a session is stored that would be missing from it.
   * @throws ForeignDataError
   */
  async check(userId: string): Promise<void> {
    await reply(this.redis.zcard(keys.sessions(userId)));
  }

  /** As `note`, but not awaited by a request: it only repairs the hint, and the next reader can repair it again. */
  noteLater(userId: string, sessionId: string): void {
    this.note(userId, sessionId).catch(this.warn);
  }

  async forget(userId: string, sessionIds: readonly string[]): Promise<void> {
    if (sessionIds.length > 0) await reply(this.redis.zrem(keys.sessions(userId), ...sessionIds));
  }

  /** As `forget`, but not awaited, as `noteLater`. */
  forgetLater(userId: string, sessionIds: readonly string[]): void {
    this.forget(userId, sessionIds).catch(this.warn);
  }

  private readonly warn = (error: unknown): void => {
    const line = { message: 'The index of a user’s sessions was not brought up to date', err: error };
    // A full Redis is reported once elsewhere, not for each request.
    if (error instanceof RedisFullError) this.logger.debug(line);
    else this.logger.warn(line);
  };
}
