import { Injectable } from '@nestjs/common';
import { InjectConfig, type CartConfig } from '#config';
import { type Clock } from '#kernel';
import { keys, Replication, type RedisScript } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';
import { MAX_QUANTITY } from '../domain/cart.js';
import { newLife } from './cart-life.js';
import type { CartWrite } from '../write/cart-write.js';

/** Runs the scripts that write a cart: the keys and arguments that `lua/write.lua` names come from here. */
@Injectable()
export class CartWriteStore {
  private readonly ttlMs: number;

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('cart') private readonly config: CartConfig,
    @InjectClock() private readonly clock: Clock,
    private readonly replication: Replication,
  ) {
    this.ttlMs = config.ttlSeconds * 1000;
  }

  /**
   * @param args the script's own arguments, from ARGV[10] on.
   * @param moreKeys the script's own keys, from KEYS[6] on.
   * @returns what the script answers: the caller parses it.
   * @throws RedisUnavailableError, NotReplicatedError
   */
  async run(
    script: RedisScript,
    { userId, ifMatch, idempotency }: CartWrite,
    args: readonly (string | number)[],
    moreKeys: readonly string[] = [],
  ): Promise<unknown> {
    const index = keys.cartIdempotencyIndex(userId);
    const record = idempotency === undefined ? index : keys.cartIdempotency(userId, idempotency.key);
    const { currency, maxLines, maxBytes } = this.config;
    const done = script.run(
      this.redis,
      [...cartKeys(userId), index, record, ...moreKeys],
      [
        this.clock.now(),
        this.ttlMs,
        ifMatch,
        idempotency?.fingerprint ?? '',
        currency,
        MAX_QUANTITY,
        maxLines,
        maxBytes,
        newLife(),
        ...args,
      ],
    );
    return this.replication.written(keys.cart(userId), done);
  }
}

/** The keys of a cart's own data: KEYS[1] to KEYS[3] of its scripts. */
export function cartKeys(userId: string): string[] {
  return [keys.cart(userId), keys.cartMeta(userId), keys.cartSaved(userId)];
}
