import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { InjectClock, type Clock } from '#common';
import { InjectConfig, type SessionConfig } from '#config';
import { InjectRedis, keys, RedisScript, reply } from '#redis';
import type { Session } from './domain/session.js';
import { parseSession, sessionText } from './domain/stored-session.js';

const scripts = join(import.meta.dirname, 'lua');
const touch = RedisScript.load(scripts, 'touch');
const remove = RedisScript.load(scripts, 'delete');

const notFound = z.tuple([z.literal('session_not_found')]);
const touchReply = z.union([z.tuple([z.literal('ok'), z.string(), z.number()]), notFound]);
const removeReply = z.union([z.tuple([z.literal('ok')]), notFound]);

/** The sessions in Redis. All operations throw RedisUnavailableError. */
@Injectable()
export class SessionStore {
  constructor(
    @InjectRedis() private readonly redis: Redis,
    @InjectConfig('session') private readonly config: SessionConfig,
    @InjectClock() private readonly clock: Clock,
  ) {}

  /** Stores a new session until it expires. */
  async create(session: Session): Promise<void> {
    const seconds = session.expiresAt - session.createdAt;
    await reply(this.redis.set(keys.session(session.id), sessionText(session), 'EX', seconds));
  }

  /** Reads and renews a user's session; undefined where the user has no such session. */
  async touch(userId: string, sessionId: string): Promise<Session | undefined> {
    const now = Math.floor(this.clock.now() / 1000);
    const args = [userId, now, this.config.idleSeconds, this.config.absoluteSeconds];
    const [code, text, secondsLeft] = touchReply.parse(await touch.run(this.redis, [keys.session(sessionId)], args));
    return code === 'ok' ? parseSession(sessionId, text, now + secondsLeft) : undefined;
  }

  /** Ends a user's session; false where the user has no such session. */
  async delete(userId: string, sessionId: string): Promise<boolean> {
    const [code] = removeReply.parse(await remove.run(this.redis, [keys.session(sessionId)], [userId]));
    return code === 'ok';
  }

  async exists(sessionId: string): Promise<boolean> {
    return (await reply(this.redis.exists(keys.session(sessionId)))) === 1;
  }
}
