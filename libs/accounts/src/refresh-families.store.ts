import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { InjectConfig, type AuthConfig, type SessionConfig } from '#config';
import { type Clock } from '#kernel';
import { keys, RedisScript, Replication, reply } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';
import type { RefreshToken } from './domain/refresh-token.js';

const scripts = join(import.meta.dirname, 'lua');
const beginFamily = RedisScript.load(scripts, 'begin_family');
const rotate = RedisScript.load(scripts, 'rotate');
const rotateReply = z.union([
  z.tuple([z.literal('ok'), z.number()]),
  z.tuple([z.literal('reused')]),
  z.tuple([z.literal('unknown')]),
]);

/** The login that a family of refresh tokens belongs to. */
export interface Login {
  readonly userId: string;
  readonly sessionId: string;
}

export type Rotated =
  { readonly code: 'ok'; readonly token: RefreshToken } | { readonly code: 'reused' } | { readonly code: 'unknown' };

/** The current refresh token of each login, in Redis. All operations throw RedisUnavailableError. */
@Injectable()
export class RefreshFamilies {
  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('auth') private readonly auth: AuthConfig,
    @InjectConfig('session') private readonly sessions: SessionConfig,
    @InjectClock() private readonly clock: Clock,
    private readonly replication: Replication,
  ) {}

  /** Starts a family, which lives no longer than its session may. A user has at most as many families as sessions. */
  async begin({ userId, sessionId }: Login): Promise<RefreshToken> {
    const args = [sessionId, this.clock.now(), this.sessions.maxPerUser, this.sessions.absoluteSeconds];
    const key = keys.refreshFamilies(userId);
    await this.replication.written(key, beginFamily.run(this.redis, [key], args));
    return { userId, sessionId, generation: 1 };
  }

  /**
   * Exchanges a token for the one that replaces it: the current token for the next one, and a token that was replaced less than
   * `AUTH_REFRESH_GRACE_SECONDS` ago for the current one. Any other token ends the family.
   */
  async rotate({ userId, sessionId, generation }: RefreshToken): Promise<Rotated> {
    const args = [sessionId, generation, this.clock.now(), this.auth.refreshGraceSeconds * 1000];
    const key = keys.refreshFamilies(userId);
    const done = rotate.run(this.redis, [key], args);
    const [code, next] = rotateReply.parse(await this.replication.written(key, done));
    return code === 'ok' ? { code, token: { userId, sessionId, generation: next } } : { code };
  }

  async forget({ userId, sessionId }: Login): Promise<void> {
    const key = keys.refreshFamilies(userId);
    await this.replication.written(key, reply(this.redis.hdel(key, sessionId)));
  }
}
