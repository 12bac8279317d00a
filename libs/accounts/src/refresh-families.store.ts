import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { InjectConfig, type SessionConfig } from '#config';
import { InjectRedis, keys, RedisScript, reply, type RedisClient } from '#redis';
import { newFamilyId, newRefreshToken, secretDigest, type RefreshToken } from './domain/refresh-token.js';

const rotate = RedisScript.load(join(import.meta.dirname, 'lua'), 'rotate');
const owned = z.tuple([z.enum(['ok', 'reused']), z.string(), z.string()]);
const rotateReply = z.union([owned, z.tuple([z.literal('unknown')])]);

/** Whose tokens a family's are, and the session that all of them are good with. */
export interface FamilyOwner {
  readonly userId: string;
  readonly sessionId: string;
}

export type Rotated =
  | ({ readonly code: 'ok'; readonly next: RefreshToken } & FamilyOwner)
  | ({ readonly code: 'reused' } & FamilyOwner)
  | { readonly code: 'unknown' };

/** Refresh tokens in Redis, of each family the digest of the current one. All operations throw RedisUnavailableError. */
@Injectable()
export class RefreshFamilies {
  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('session') private readonly sessions: SessionConfig,
  ) {}

  /** Begins a family, which lives no longer than its session may. */
  async begin({ userId, sessionId }: FamilyOwner): Promise<RefreshToken> {
    const token = newRefreshToken(newFamilyId());
    const key = keys.refreshFamily(token.familyId);
    const family = { user: userId, session: sessionId, current: secretDigest(token) };
    await reply(Promise.all([this.redis.hset(key, family), this.redis.expire(key, this.sessions.absoluteSeconds)]));
    return token;
  }

  /** Takes a family's current token and gives the next one; ends the family where it is another. */
  async rotate(token: RefreshToken): Promise<Rotated> {
    const next = newRefreshToken(token.familyId);
    const args = [secretDigest(token), secretDigest(next)];
    const [code, ...owner] = rotateReply.parse(
      await rotate.run(this.redis, [keys.refreshFamily(token.familyId)], args),
    );
    if (code === 'unknown') return { code };
    const [userId = '', sessionId = ''] = owner;
    return code === 'ok' ? { code, userId, sessionId, next } : { code, userId, sessionId };
  }
}
