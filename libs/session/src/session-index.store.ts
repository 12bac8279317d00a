import { Injectable, Logger } from '@nestjs/common';
import { InjectConfig, type SessionConfig } from '#config';
import { type Clock } from '#kernel';
import { keys, RedisFullError, reply } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';

/**
 * Which sessions a user has, by their last activity. A session and the index are in different cluster slots, so the
 * index is a hint: it may name sessions that are gone, and whoever meets one forgets it. All operations throw
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
   * Notes that a session was active now. The index lives as long as a session may.
   * @returns what `idsOf` does, then.
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
   * Fails where the index cannot be written, before a session is stored that it would never name.
   * @throws ForeignDataError
   */
  async check(userId: string): Promise<void> {
    await reply(this.redis.zcard(keys.sessions(userId)));
  }

  /** As `note`, for what only repairs the hint: no request waits, and the next reader repairs it again. */
  noteLater(userId: string, sessionId: string): void {
    this.note(userId, sessionId).catch(this.warn);
  }

  async forget(userId: string, sessionIds: readonly string[]): Promise<void> {
    if (sessionIds.length > 0) await reply(this.redis.zrem(keys.sessions(userId), ...sessionIds));
  }

  /** As `forget`, in the way of `noteLater`. */
  forgetLater(userId: string, sessionIds: readonly string[]): void {
    this.forget(userId, sessionIds).catch(this.warn);
  }

  private readonly warn = (error: unknown): void => {
    const line = { message: 'The index of a user’s sessions was not brought up to date', err: error };
    // A full Redis is told once, not by each request.
    if (error instanceof RedisFullError) this.logger.debug(line);
    else this.logger.warn(line);
  };
}
