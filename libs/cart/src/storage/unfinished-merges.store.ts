import { Injectable, Logger } from '@nestjs/common';
import { InjectConfig, type CartConfig } from '#config';
import { type Clock } from '#kernel';
import { keys, Replication, reply } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';
import { CartActivity } from './cart-activity.js';
import { guestKeys } from './cart-keys.js';
import { newLife } from './cart-life.js';
import { cartReplies } from './cart.replies.js';
import { cartScript } from './cart-script.js';
import { MergeIndex } from './merge-index.store.js';
import { ENDED_OUTCOME_LIFETIME_MS, OUTCOME_LIFETIME_MS } from './merge-lifetimes.js';
import { parseOutcome, type OfferOutcome } from './offer-outcome.js';

const finishMerge = cartScript('finish_merge');

/** An offer that is still recorded with the guest. */
export interface PendingOffer {
  readonly id: string;
  readonly userId: string;
}

/**
 * Ends merges that have made an offer: their own last steps, and those of a merge that an instance did not complete. Ending one
 * twice, or from several instances, does no harm. All methods throw RedisUnavailableError.
 */
@Injectable()
export class UnfinishedMerges {
  private readonly logger = new Logger(UnfinishedMerges.name);
  private readonly ttlMs: number;

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('cart') config: CartConfig,
    @InjectClock() private readonly clock: Clock,
    private readonly activity: CartActivity,
    private readonly replication: Replication,
    private readonly index: MergeIndex,
  ) {
    this.ttlMs = config.ttlSeconds * 1000;
  }

  /** The offer of a guest's cart that no merge has finished yet. */
  async of(guestId: string): Promise<PendingOffer | undefined> {
    const [id, userId] = await reply(this.redis.hmget(keys.cartOffer(guestId), 'id', 'user'));
    return typeof id === 'string' && typeof userId === 'string' ? { id, userId } : undefined;
  }

  /** The outcome that an offer has, or would have if it were ended now. */
  async outcomeOf({ id, userId }: PendingOffer): Promise<OfferOutcome> {
    return parseOutcome(await reply(this.redis.get(keys.cartMerged(userId, id))));
  }

  /**
   * Ends a merge: its offer is cancelled unless it was applied, and what was applied is removed from the guest's cart.
   * @param isReported whether the response returns the report. Otherwise that of the user's next merge with this guest does.
   */
  async finish(guestId: string, { id, userId }: PendingOffer, isReported = false): Promise<void> {
    const outcome = await this.end(userId, id);
    await this.remove(guestId, userId, id, outcome);
    this.later(this.release(userId, id, guestId));
    if (isReported) this.forgetReport(userId, id);
  }

  /** Forgets the report of a merge that was applied, because a response returns it. */
  forgetReport(userId: string, offerId: string): void {
    const outcome = keys.cartMerged(userId, offerId);
    this.later(reply(this.redis.set(outcome, 'applied', 'KEEPTTL', 'XX')));
  }

  /** The same for the offer that the meta of a guest's cart names. If the offer itself is gone, only that name is removed. */
  async finishNamed(guestId: string, offerId: string): Promise<void> {
    const offer = await this.of(guestId);
    if (offer?.id === offerId) await this.finish(guestId, offer);
    else await this.remove(guestId, '', offerId, { state: 'cancelled', stay: [] });
  }

  /** Cancels an offer unless it was applied. Returns its outcome. */
  private async end(userId: string, offerId: string): Promise<OfferOutcome> {
    const key = keys.cartMerged(userId, offerId);
    const done = reply(this.redis.set(key, 'cancelled', 'PX', OUTCOME_LIFETIME_MS, 'NX', 'GET'));
    return parseOutcome(await this.replication.written(key, done));
  }

  /** Removes what was applied from the guest's cart, except what stays, and publishes that; and deletes the offer. */
  private async remove(guestId: string, userId: string, offerId: string, { state, stay }: OfferOutcome): Promise<void> {
    const args = [this.clock.now(), this.ttlMs, offerId, state, newLife(), userId, ...stay];
    const done = finishMerge.run(this.redis, guestKeys(guestId), args);
    const { stored, changed, changes } = cartReplies.read.parse(
      await this.replication.written(keys.cart(guestId), done),
    );
    const { life, version, updatedAt: at } = stored;
    if (changed) this.activity.publish({ type: 'merge', userId: guestId, life, version, at, changes });
  }

  /** Not awaited by any request. If it fails, what a merge leaves behind is kept for longer. */
  private later(done: Promise<unknown>): void {
    done.catch((error: unknown) => {
      this.logger.debug({ message: 'The outcome of a merge is kept for longer than needed', err: error });
    });
  }

  /** Shortens the lifetime of an outcome whose offer is gone to a day, because a user may have merged many guest carts. */
  private async release(userId: string, offerId: string, guestId: string): Promise<void> {
    await Promise.all([
      reply(this.redis.pexpire(keys.cartMerged(userId, offerId), ENDED_OUTCOME_LIFETIME_MS)),
      this.index.end(userId, offerId, guestId, ENDED_OUTCOME_LIFETIME_MS),
    ]);
  }
}
