import { Injectable } from '@nestjs/common';
import { InjectConfig, type CartConfig } from '#config';
import { type Clock, type Product } from '#kernel';
import { keys, Replication, reply } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';
import { cartReplies, type ReadReply } from '../storage/cart.replies.js';
import { mergeScripts } from '../storage/cart.scripts.js';
import type { MergeStrategy, Offer } from '../domain/merge.js';
import { productText } from '../storage/stored-line.js';
import type { CartWrite } from '../write/cart-write.js';
import { newLife } from '../storage/cart-life.js';
import { cartKeys, CartWriteStore } from '../storage/cart-write.store.js';
import { mergeReplies, type MergeReply, type OfferReply } from './merge.replies.js';

/**
 * How long an offer, and the note that it was applied, are remembered: longer than a guest's token lives, so that no
 * cart can be offered once more after the note is gone.
 */
const OFFER_LIFETIME_MS = 60 * 86_400_000;
const NOTE_LIFETIME_MS = OFFER_LIFETIME_MS + 86_400_000;
/** How long the note outlives its offer, for merges that still hold that one in their hands: no request takes so long. */
const ENDED_NOTE_LIFETIME_MS = 86_400_000;

/** Whether what was offered has come to the user's cart, or never will. */
export type OfferState = 'applied' | 'cancelled';

/**
 * The steps of a merge in Redis. The two carts are in different cluster slots, so each step is a script or command of
 * one of them. All of them throw RedisUnavailableError.
 */
@Injectable()
export class MergeStore {
  private readonly ttlMs: number;

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('cart') config: CartConfig,
    @InjectClock() private readonly clock: Clock,
    private readonly writes: CartWriteStore,
    private readonly replication: Replication,
  ) {
    this.ttlMs = config.ttlSeconds * 1000;
  }

  /** Offers the guest's cart to the user, under `newId` if it is a new offer. */
  async offer(guestId: string, userId: string, newId: string): Promise<OfferReply> {
    const args = [userId, newId, OFFER_LIFETIME_MS];
    const done = mergeScripts.offer.run(this.redis, guestKeys(guestId), args);
    return mergeReplies.offer.parse(await this.replication.written(keys.cart(guestId), done));
  }

  /** Puts what is offered into the user's cart, unless that was done. */
  async apply(
    write: CartWrite,
    strategy: MergeStrategy,
    offer: Offer,
    catalogue: ReadonlyMap<string, Product>,
  ): Promise<MergeReply> {
    const lines = offer.lines.flatMap(([productId, text]) => [
      productId,
      text,
      ...productArguments(catalogue.get(productId)),
    ]);
    const args = [strategy, 'offer', NOTE_LIFETIME_MS, offer.currency, offer.lines.length, ...lines];
    const note = keys.cartMerged(write.userId, offer.id);
    return this.merge(write, [...args, ...offer.saved.flat()], [note]);
  }

  /** A merge of no cart: `nothing` where the guest has none, `rejected` where the token is no guest's. */
  async applyNothing(write: CartWrite, strategy: MergeStrategy, why: 'nothing' | 'rejected'): Promise<MergeReply> {
    return this.merge(write, [strategy, why, 0, '', 0], []);
  }

  /** Takes from the guest's cart what was offered and applied, or forgets an offer that was cancelled. */
  async finish(guestId: string, offerId: string, state: OfferState): Promise<ReadReply> {
    const args = [this.clock.now(), this.ttlMs, offerId, state, newLife()];
    const done = mergeScripts.finish.run(this.redis, guestKeys(guestId), args);
    return cartReplies.read.parse(await this.replication.written(keys.cart(guestId), done));
  }

  /** Cancels an offer unless it was applied; says which of the two it is from now on. */
  async settle(userId: string, offerId: string): Promise<OfferState> {
    const note = keys.cartMerged(userId, offerId);
    const done = reply(this.redis.set(note, 'cancelled', 'PX', NOTE_LIFETIME_MS, 'NX', 'GET'));
    const earlier = await this.replication.written(note, done);
    return earlier === 'applied' ? 'applied' : 'cancelled';
  }

  /** Keeps the note of an offer that is gone for a day more: there may be one for each guest that the user ever was. */
  async release(userId: string, offerId: string): Promise<void> {
    await reply(this.redis.pexpire(keys.cartMerged(userId, offerId), ENDED_NOTE_LIFETIME_MS));
  }

  private async merge(write: CartWrite, args: (string | number)[], notes: string[]): Promise<MergeReply> {
    return mergeReplies.merge.parse(await this.writes.run(mergeScripts.merge, write, args, notes));
  }
}

function guestKeys(guestId: string): string[] {
  return [...cartKeys(guestId), keys.cartOffer(guestId)];
}

function productArguments(product: Product | undefined): [data: string, currency: string] {
  return product === undefined ? ['', ''] : [productText(product, 'catalog'), product.currency];
}
