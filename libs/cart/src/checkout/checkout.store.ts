import { Injectable } from '@nestjs/common';
import { InjectConfig, type CartConfig } from '#config';
import { type Clock, type Product } from '#kernel';
import { keys, type RedisScript } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';
import type { Checkout } from '../domain/checkout.js';
import type { Written, WrittenCheckout } from '../domain/written.js';
import { CartActivity } from '../storage/cart-activity.js';
import { changesWithContent } from '../storage/changed-content.js';
import { CartWriteStore } from '../storage/cart-write.store.js';
import { accepted } from '../storage/cart.rejections.js';
import { checkouts } from '../storage/cart.metrics.js';
import { cartScript } from '../storage/cart-script.js';
import { currentPriceArguments, dataRuleOf } from '../storage/cart.store.js';
import { parseCheckout } from '../storage/stored-checkout.js';
import type { CartWrite } from '../write/cart-write.js';
import { checkoutReplies, type CheckoutReply } from './checkout.replies.js';

const scripts = {
  checkout: cartScript('checkout'),
  read: cartScript('read_checkout'),
  complete: cartScript('complete'),
  abandon: cartScript('abandon'),
};

/** How long a completed checkout is kept, so that a second completion can be recognized. */
const COMPLETED_LIFETIME_MS = 86_400_000;

/**
 * The checkouts in Redis, in the slot of their cart. Each step is one script. All methods throw what rejects them, and
 * RedisUnavailableError.
 */
@Injectable()
export class CheckoutStore {
  private readonly lifetimeMs: number;
  private readonly dataRule: string;

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('cart') config: CartConfig,
    @InjectClock() private readonly clock: Clock,
    private readonly writes: CartWriteStore,
    private readonly activity: CartActivity,
  ) {
    this.lifetimeMs = config.checkoutTtlSeconds * 1000;
    this.dataRule = dataRuleOf(config);
  }

  /** @param products the cached products that may be in the cart. */
  async create(
    write: CartWrite,
    id: string,
    products: ReadonlyMap<string, Product>,
    acceptPriceChanges: boolean,
  ): Promise<WrittenCheckout> {
    const rules = [acceptPriceChanges ? 'accept' : '', this.dataRule];
    const args = [id, this.lifetimeMs, ...rules, ...currentPriceArguments(products)];
    const reply = accepted(checkoutReplies.checkout.parse(await this.run(scripts.checkout, write, args)));
    return this.written('checkout', write, reply);
  }

  /** @throws CheckoutNotFoundError */
  async read(userId: string, id: string): Promise<Checkout> {
    const args = [this.clock.now(), id];
    const reply = await scripts.read.run(this.redis, [keys.cartCheckouts(userId)], args);
    return parseCheckout(userId, accepted(checkoutReplies.read.parse(reply)).stored);
  }

  /** @returns the user whose checkout it is now, if it was merged into another cart. */
  async complete(
    write: CartWrite,
    id: string,
    orderId: string,
  ): Promise<WrittenCheckout | { readonly movedTo: string }> {
    const args = [id, orderId, COMPLETED_LIFETIME_MS];
    const reply = accepted(checkoutReplies.complete.parse(await this.run(scripts.complete, write, args)));
    return 'movedTo' in reply ? reply : this.written('complete', write, reply);
  }

  async abandon(write: CartWrite, id: string): Promise<Written> {
    const abandoned = accepted(checkoutReplies.abandon.parse(await this.run(scripts.abandon, write, [id])));
    if (!abandoned.replayed && !write.dryRun) checkouts.inc({ outcome: 'abandoned' });
    return abandoned;
  }

  private async run(script: RedisScript, write: CartWrite, args: readonly (string | number)[]): Promise<unknown> {
    return this.writes.run(script, write, args, [keys.cartCheckouts(write.userId)]);
  }

  /** The checkout that a script returned. The write is recorded, unless it is a replay or a dry run. */
  private written(
    type: 'checkout' | 'complete',
    { userId, actor, dryRun }: CartWrite,
    { stored, life, version, at, changed, isNew, replayed, ...reply }: CheckoutReply,
  ): WrittenCheckout {
    const checkout = parseCheckout(userId, stored);
    if (!replayed && !dryRun) {
      const changes = changesWithContent(reply, checkout.lines);
      this.activity.record({ type, userId, actor, life, version, at, changes }, changed);
      checkouts.inc({ outcome: type === 'complete' ? 'completed' : isNew ? 'created' : 'found' });
    }
    return { checkout, isNew, replayed };
  }
}
