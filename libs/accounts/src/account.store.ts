import { Injectable } from '@nestjs/common';
import { type Clock } from '#kernel';
import { keys, Replication, reply } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';
import type { Account } from './domain/account.js';

/** How long an address is held for an account that is being made. */
const RESERVED_SECONDS = 60;
/** What `PTTL` says of a key without an expiry. */
const FOR_GOOD = -1;
/** No user has this id: those of accounts have a prefix. */
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
   * Reserves an address for a minute. The address and its account are in different cluster slots: the address is reserved,
   * then the account is written, then the address is kept for good. A registration that stops in between can be sent again,
   * and blocks no one for longer than that minute.
   * @returns the id of the user that it is reserved for: this one, or that of a registration that is not complete;
   *   undefined if the address has an account.
   */
  async reserve(digest: string, userId: string): Promise<string | undefined> {
    const address = keys.accountEmail(digest);
    const [holder, leftMs] = await reply(
      Promise.all([this.redis.set(address, userId, 'EX', RESERVED_SECONDS, 'NX', 'GET'), this.redis.pttl(address)]),
    );
    if (holder === null) return userId;
    return leftMs === FOR_GOOD ? undefined : holder;
  }

  /** Writes an account that its address is reserved for; of several at once the first counts. @returns the one that does. */
  async write({ userId, passwordHash }: Account): Promise<Account> {
    const key = keys.account(userId);
    const done = reply(
      Promise.all([
        this.redis.hsetnx(key, 'password', passwordHash),
        this.redis.hsetnx(key, 'created_at', this.clock.now()),
        this.redis.hget(key, 'password'),
      ]),
    );
    const [, , stored] = await this.replication.written(key, done);
    return { userId, passwordHash: stored ?? passwordHash };
  }

  /** Keeps a reserved address for good. */
  async keep(digest: string): Promise<void> {
    const address = keys.accountEmail(digest);
    await this.replication.written(address, reply(this.redis.persist(address)));
  }

  /** The account of an address, by its digest. An address without an account takes as many questions. */
  async findByEmail(digest: string): Promise<Account | undefined> {
    const userId = await reply(this.redis.get(keys.accountEmail(digest)));
    return this.find(userId ?? NO_USER);
  }

  async find(userId: string): Promise<Account | undefined> {
    const passwordHash = await reply(this.redis.hget(keys.account(userId), 'password'));
    return passwordHash === null ? undefined : { userId, passwordHash };
  }

  async setPassword(userId: string, passwordHash: string): Promise<void> {
    const key = keys.account(userId);
    await this.replication.written(key, reply(this.redis.hset(key, 'password', passwordHash)));
  }
}
