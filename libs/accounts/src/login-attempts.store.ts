import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { InjectClock, type Clock } from '#common';
import { InjectRedis, keys, RedisScript, reply, type RedisClient } from '#redis';

const tryLogin = RedisScript.load(join(import.meta.dirname, 'lua'), 'try_login');
const tryReply = z.union([z.tuple([z.literal('ok')]), z.tuple([z.literal('too_early'), z.number()])]);

/** So many attempts without a success cost no time; each one after them twice as much as the one before. */
const FREE_BY_ACCOUNT = 5;
/** Many people may be behind one address. */
const FREE_BY_ADDRESS = 50;
const LONGEST_DELAY_MS = 300_000;
const REMEMBERED_MS = 3_600_000;

/** Attempts to sign in that did not succeed, by account and by the caller's address. All throw RedisUnavailableError. */
@Injectable()
export class LoginAttempts {
  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectClock() private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt before it is made, so that many at once are no way around.
   * @returns the milliseconds to wait; 0 where it may be made now.
   */
  async begin(digest: string, ip: string): Promise<number> {
    const [account, address] = await Promise.all([
      this.try(keys.loginsOfAccount(digest), FREE_BY_ACCOUNT),
      this.try(keys.loginsOfAddress(ip), FREE_BY_ADDRESS),
    ]);
    return Math.max(account, address);
  }

  /** Forgets the attempts on an account that has been signed in to, and this one from the address. */
  async succeed(digest: string, ip: string): Promise<void> {
    const forgotten = this.redis.unlink(keys.loginsOfAccount(digest));
    await reply(Promise.all([forgotten, this.redis.hincrby(keys.loginsOfAddress(ip), 'count', -1)]));
  }

  private async try(key: string, free: number): Promise<number> {
    const args = [this.clock.now(), free, LONGEST_DELAY_MS, REMEMBERED_MS];
    const [code, wait] = tryReply.parse(await tryLogin.run(this.redis, [key], args));
    return code === 'too_early' ? wait : 0;
  }
}
