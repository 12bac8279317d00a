import { Injectable } from '@nestjs/common';
import { type Clock, type Product } from '#kernel';
import { keys, Replication } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';
import { accepted, Rejected } from '../storage/cart.rejections.js';
import { cartScript } from '../storage/cart-script.js';
import { MAX_ATTRIBUTES } from '../domain/cart.js';
import type { Merged, MergeStrategy } from '../domain/merge.js';
import { productText } from '../storage/product-text.js';
import { productIdOf } from '../domain/line-id.js';
import type { CartWrite } from '../write/cart-write.js';
import { guestKeys } from '../storage/cart-keys.js';
import { CartWriteStore } from '../storage/cart-write.store.js';
import { MergeContendedError } from '../storage/merge.errors.js';
import { MergeIndex } from '../storage/merge-index.store.js';
import { OFFER_LIFETIME_MS, OUTCOME_LIFETIME_MS } from '../storage/merge-lifetimes.js';
import type { Offer } from './offer.js';
import type { StoredCheckout } from '../storage/stored-checkout.js';
import { mergeReplies, type OfferReply } from './merge.replies.js';

const scripts = { offer: cartScript('offer_cart'), merge: cartScript('merge') };

/**
 * The first two steps of a merge in Redis; UnfinishedMerges has the last ones. The two carts are in different cluster slots, so each step is a script or command for one of
 * them. All methods throw RedisUnavailableError, and writes of the user's cart what rejects them.
 */
@Injectable()
export class MergeStore {
  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectClock() private readonly clock: Clock,
    private readonly writes: CartWriteStore,
    private readonly replication: Replication,
    private readonly index: MergeIndex,
  ) {}

  /** Offers the guest's cart to the user. A new offer gets the id `newId`. A dry run only reads the cart. */
  async offer(guestId: string, { userId, dryRun }: CartWrite, newId: string): Promise<OfferReply> {
    const args = [userId, newId, OFFER_LIFETIME_MS, this.clock.now(), dryRun ? 'dry_run' : ''];
    const offer = async (): Promise<unknown> => scripts.offer.run(this.redis, guestKeys(guestId), args);
    if (dryRun) return mergeReplies.offer.parse(await offer());
    // One server receives the note first, so that no offer is missing in the index.
    const noted = this.index.begin(userId, { offerId: newId, guestId }, OUTCOME_LIFETIME_MS);
    const [offered] = await Promise.all([this.replication.written(keys.cart(guestId), offer()), noted]);
    return mergeReplies.offer.parse(offered);
  }

  /**
   * Applies an offer to the user's cart, unless it was applied before.
   * @returns undefined if the offer was cancelled. A rejection is returned, because the offer has to be ended first.
   */
  async apply(
    write: CartWrite,
    strategy: MergeStrategy,
    offer: Offer,
    products: ReadonlyMap<string, Product>,
  ): Promise<Merged | Rejected | undefined> {
    const lines = offer.lines.flatMap(([lineId, text]) => [
      lineId,
      text,
      ...productArguments(products.get(productIdOf(lineId))),
    ]);
    const counts = [offer.lines.length, offer.saved.length];
    const details = [offer.note, offer.attributes, MAX_ATTRIBUTES];
    const args = [strategy, 'offer', OUTCOME_LIFETIME_MS, offer.currency, ...counts, ...details, ...lines];
    const checkouts = offer.checkouts.flatMap(checkoutArguments);
    return this.merge(write, [...args, ...offer.saved.flat(), ...checkouts], [offer.id, offer.latestMerge]);
  }

  /** A merge without a guest cart: `nothing` if the guest has none, `rejected` if the token is not a valid guest token. */
  async applyNothing(
    write: CartWrite,
    strategy: MergeStrategy,
    why: 'nothing' | 'rejected',
    latestMerge?: string,
  ): Promise<Merged> {
    const args = [strategy, why, 0, '', 0, 0, '', '', MAX_ATTRIBUTES];
    const merged = await this.merge(write, args, [latestMerge, latestMerge]);
    if (merged === undefined) throw new MergeContendedError(write.userId);
    return accepted(merged);
  }

  /** Forgets the id of an offer that was not made, because there was nothing to offer or an earlier offer is still there. */
  async forget(userId: string, offerId: string, guestId: string): Promise<void> {
    await this.index.remove(userId, [{ offerId, guestId }]);
  }

  private async merge(
    write: CartWrite,
    args: (string | number)[],
    offers: readonly (string | undefined)[],
  ): Promise<Merged | Rejected | undefined> {
    const outcomes = offers.flatMap((id) => (id === undefined ? [] : [keys.cartMerged(write.userId, id)]));
    const reply = mergeReplies.merge.parse(
      await this.writes.run(scripts.merge, write, args, [keys.cartCheckouts(write.userId), ...outcomes]),
    );
    if (reply instanceof Rejected) return reply;
    if ('cancelled' in reply) return undefined;
    return { ...this.writes.written('merge', write, reply), report: reply.report, notTaken: reply.notTaken };
  }
}

/** The arguments of `merge.lua` for a checkout of the guest's. */
function checkoutArguments(checkout: StoredCheckout): (string | number)[] {
  const { id, createdAt, expiresAt, version, currency, supersededBy = '', note, attributes, lines } = checkout;
  return [id, createdAt, expiresAt, version, currency, supersededBy, note, attributes, lines.length, ...lines];
}

function productArguments(product: Product | undefined): [data: string, currency: string] {
  return product === undefined ? ['', ''] : [productText(product, 'catalog'), product.currency];
}
