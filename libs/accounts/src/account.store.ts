import { Injectable } from '@nestjs/common';
import { InjectClock, type Clock } from '#common';
import { InjectRedis, keys, reply, type RedisClient } from '#redis';
import type { Account } from './domain/account.js';

/** How long an address is held for an account that is being made. */
const RESERVED_SECONDS = 60;
/** No user has this id: those of accounts have a prefix. */
const NO_USER = 'nobody';

/** The accounts in Redis. All operations throw RedisUnavailableError. */
@Injectable()
export class AccountStore {
  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectClock() private readonly clock: Clock,
  ) {}

  /**
   * Makes an account; false where the address has one. The address and the account are in different cluster slots: the
   * address is held for a minute, then the account is written, then the address is its own for good. Whoever stops in
   * between leaves an address that is free again after the minute, and an account that nobody can reach.
   */
  async create(digest: string, { userId, passwordHash }: Account): Promise<boolean> {
    const address = keys.accountEmail(digest);
    const held = await reply(this.redis.set(address, userId, 'EX', RESERVED_SECONDS, 'NX'));
    if (held === null) return false;
    const account = { password: passwordHash, created_at: this.clock.now() };
    await reply(this.redis.hset(keys.account(userId), account));
    await reply(this.redis.persist(address));
    return true;
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
    await reply(this.redis.hset(keys.account(userId), 'password', passwordHash));
  }
}
