import { Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { z } from 'zod';
import { InjectClock, type Clock, type Product } from '#common';
import { InjectConfig, type CartConfig } from '#config';
import { InjectRedis, keys } from '#redis';
import { cartReplies } from './cart.replies.js';
import { cartScripts } from './cart.scripts.js';
import { MAX_QUANTITY, type PriceSource } from './domain/cart.js';
import { productText } from './domain/stored-line.js';

export type AddReply = z.infer<typeof cartReplies.add>;
export type UpdateReply = z.infer<typeof cartReplies.update>;
export type CartReply = z.infer<typeof cartReplies.read>;
export type CountReply = z.infer<typeof cartReplies.count>;

/** What to add: the product's own data are undefined where nobody knows them. */
export interface Addition {
  readonly productId: string;
  readonly quantity: number;
  readonly product: Product | undefined;
  readonly source: PriceSource;
}

/** The carts in Redis: each operation is one script. All of them throw RedisUnavailableError. */
@Injectable()
export class CartStore {
  private readonly ttlMs: number;

  constructor(
    @InjectRedis() private readonly redis: Redis,
    @InjectConfig('cart') private readonly config: CartConfig,
    @InjectClock() private readonly clock: Clock,
  ) {
    this.ttlMs = config.ttlSeconds * 1000;
  }

  async add(userId: string, { productId, quantity, product, source }: Addition): Promise<AddReply> {
    const data = product === undefined ? ['', ''] : [productText(product, source), product.currency];
    const limits = [MAX_QUANTITY, this.config.maxLines];
    const args = [productId, quantity, ...data, this.config.currency, ...limits, this.clock.now(), this.ttlMs];
    return cartReplies.add.parse(await cartScripts.add.run(this.redis, cartKeys(userId), args));
  }

  async update(userId: string, productId: string, quantity: number): Promise<UpdateReply> {
    const args = [productId, quantity, this.clock.now(), this.ttlMs];
    return cartReplies.update.parse(await cartScripts.update.run(this.redis, cartKeys(userId), args));
  }

  async clear(userId: string): Promise<CartReply> {
    const args = [this.clock.now(), this.ttlMs];
    return cartReplies.clear.parse(await cartScripts.clear.run(this.redis, cartKeys(userId), args));
  }

  async read(userId: string): Promise<CartReply> {
    return cartReplies.read.parse(await cartScripts.read.run(this.redis, cartKeys(userId), []));
  }

  async count(userId: string): Promise<CountReply> {
    return cartReplies.count.parse(await cartScripts.count.run(this.redis, [keys.cart(userId)], []));
  }
}

function cartKeys(userId: string): string[] {
  return [keys.cart(userId), keys.cartMeta(userId)];
}
