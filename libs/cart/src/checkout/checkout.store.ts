import { Injectable } from '@nestjs/common';
import { InjectConfig, type CartConfig } from '#config';
import { type Clock, type Product } from '#kernel';
import { keys } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';
import { checkoutScripts } from '../storage/cart.scripts.js';
import { catalogueArguments } from '../storage/cart.store.js';
import type { CartWrite } from '../write/cart-write.js';
import { CartWriteStore } from '../storage/cart-write.store.js';
import {
  checkoutReplies,
  type AbandonReply,
  type CheckoutReply,
  type CompleteReply,
  type ReadCheckoutReply,
} from './checkout.replies.js';

/** How long a completed checkout is kept, so that completing it again is known for what it is. */
const COMPLETED_LIFETIME_MS = 86_400_000;

/** The checkouts in Redis, in the slot of their cart: each step is one script. All throw RedisUnavailableError. */
@Injectable()
export class CheckoutStore {
  private readonly lifetimeMs: number;

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('cart') config: CartConfig,
    @InjectClock() private readonly clock: Clock,
    private readonly writes: CartWriteStore,
  ) {
    this.lifetimeMs = config.checkoutTtlSeconds * 1000;
  }

  /** @param products those of the catalogue that the cart may hold. */
  async create(
    write: CartWrite,
    id: string,
    products: ReadonlyMap<string, Product>,
    acceptPriceChanges: boolean,
  ): Promise<CheckoutReply> {
    const args = [id, this.lifetimeMs, acceptPriceChanges ? 'accept' : '', ...catalogueArguments(products)];
    return checkoutReplies.checkout.parse(
      await this.writes.run(checkoutScripts.checkout, write, args, [keys.cartCheckouts(write.userId)]),
    );
  }

  async read(userId: string, id: string): Promise<ReadCheckoutReply> {
    const args = [this.clock.now(), id];
    return checkoutReplies.read.parse(await checkoutScripts.read.run(this.redis, [keys.cartCheckouts(userId)], args));
  }

  async complete(write: CartWrite, id: string, orderId: string): Promise<CompleteReply> {
    const args = [id, orderId, COMPLETED_LIFETIME_MS];
    return checkoutReplies.complete.parse(
      await this.writes.run(checkoutScripts.complete, write, args, [keys.cartCheckouts(write.userId)]),
    );
  }

  async abandon(write: CartWrite, id: string): Promise<AbandonReply> {
    return checkoutReplies.abandon.parse(
      await this.writes.run(checkoutScripts.abandon, write, [id], [keys.cartCheckouts(write.userId)]),
    );
  }
}
