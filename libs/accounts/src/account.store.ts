import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { type Clock } from '#kernel';
import { keys, RedisScript, Replication, reply } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';
import type { Account } from './domain/account.js';

const setField = RedisScript.load(join(import.meta.dirname, 'lua'), 'set_field');

/** How long an address is reserved for an account that is being created. */
const RESERVED_SECONDS = 60;
/** The reply of `PTTL` for a key without an expiry. */
const FOR_GOOD = -1;
/** No user has this id, because the ids of accounts have a prefix. */
const NO_USER = 'nobody';

/** The accounts in Redis. All operations throw RedisUnavailableError. */
@Injectable()
export class AccountStore {
  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectClock() private readonly clock: Clock,
    private readonly replication: Replication,
  ) {}

  /**
   * Reserves an address for a minute. The address and its account are in different cluster slots, so the address is reserved,
   * then the account is written, then the address is kept permanently. A registration that stops in between can be retried, and
   * blocks others for at most that minute.
   * @returns the user id for which the address is reserved: this one, or that of an incomplete registration; undefined if the
   *   address has an account.
   */
  async reserve(digest: string, userId: string): Promise<string | undefined> {
    const address = keys.accountEmail(digest);
    const [holder, leftMs] = await reply(
      Promise.all([this.redis.set(address, userId, 'EX', RESERVED_SECONDS, 'NX', 'GET'), this.redis.pttl(address)]),
    );
    if (holder === null) return userId;
    return leftMs === FOR_GOOD ? undefined : holder;
  }

  /**
   * Writes an account whose address is reserved. Of several concurrent writes, the first wins. @returns the account that won.
   */
  async write({ userId, passwordHash, emailDigest = '' }: Account): Promise<Account> {
    const key = keys.account(userId);
    const done = reply(
      Promise.all([
        this.redis.hsetnx(key, 'password', passwordHash),
        this.redis.hsetnx(key, 'created_at', this.clock.now()),
        this.redis.hsetnx(key, 'email_digest', emailDigest),
        this.redis.hget(key, 'password'),
      ]),
    );
    const [, , , stored] = await this.replication.written(key, done);
    return { userId, passwordHash: stored ?? passwordHash, emailDigest };
  }

  /** Keeps a reserved address permanently. */
  async keep(digest: string): Promise<void> {
    const address = keys.accountEmail(digest);
    await this.replication.written(address, reply(this.redis.persist(address)));
  }

  /** Finds an account by the digest of its address. An address without an account takes the same number of lookups. */
  async findByEmail(digest: string): Promise<Account | undefined> {
    const userId = await reply(this.redis.get(keys.accountEmail(digest)));
    return this.find(userId ?? NO_USER);
  }

  async find(userId: string): Promise<Account | undefined> {
    const fields = await reply(this.redis.hmget(keys.account(userId), 'password', 'email_digest'));
    const [passwordHash, emailDigest] = fields;
    if (passwordHash === null || passwordHash === undefined) return undefined;
    return { userId, passwordHash, emailDigest: emailDigest ?? undefined };
  }

  /** Does nothing if the account has been erased. */
  async setPassword(userId: string, passwordHash: string): Promise<void> {
    await this.set(userId, 'password', passwordHash);
  }

  /** Does nothing if the account has been erased. */
  async setEmailDigest(userId: string, digest: string): Promise<void> {
    await this.set(userId, 'email_digest', digest);
  }

  private async set(userId: string, field: string, value: string): Promise<void> {
    const key = keys.account(userId);
    await this.replication.written(key, setField.run(this.redis, [key], [field, value]));
  }
}
