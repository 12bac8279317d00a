import { Injectable } from '@nestjs/common';
import { keys, Replication, reply, unlessForeign } from '#redis';
import { InjectRedis, KeyEraser, type RedisClient } from '#redis/client';
import { MergeIndex, type NotedMerge } from '../storage/merge-index.store.js';
import { parseOutcome } from '../storage/offer-outcome.js';
import { UnfinishedMerges } from '../storage/unfinished-merges.store.js';

/**
 * What merges leave behind with a user and with the guests, to be exported and erased. It is erased before the carts and
 * checkouts, which tell what to look for.
 */
@Injectable()
export class MergeData {
  readonly name = 'merges';
  readonly erased = 'at_once';

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    private readonly index: MergeIndex,
    private readonly unfinished: UnfinishedMerges,
    private readonly eraser: KeyEraser,
    private readonly replication: Replication,
  ) {}

  /** The latest merges into the user's cart and, for a guest, an unfinished merge of the guest's. */
  async export(userId: string): Promise<unknown> {
    const into: unknown[] = [];
    for (const { offerId, guestId = null } of await this.index.list(userId)) {
      const outcome = await reply(this.redis.get(keys.cartMerged(userId, offerId)));
      const { state, stay } = parseOutcome(outcome);
      const known = outcome === null ? null : state;
      into.push({ offer_id: offerId, guest_id: guestId, outcome: known, stayed_with_guest: stay });
    }
    const offer = await this.unfinished.of(userId);
    return {
      into_cart: into,
      pending_offer: offer === undefined ? null : { offer_id: offer.id, user_id: offer.userId },
    };
  }

  async erase(userId: string): Promise<void> {
    await this.eraseAsGuest(userId);
    for (const merge of await unlessForeign(this.index.list(userId), [])) await this.eraseMerge(userId, merge);
    await this.eraser.erase([keys.cartMerges(userId)]);
  }

  /** Removes the guest from the indexes of the users into whose carts the guest's was merged. */
  private async eraseAsGuest(guestId: string): Promise<void> {
    const offer = await unlessForeign(this.unfinished.of(guestId), undefined);
    const moved = await unlessForeign(this.index.movedFrom(guestId), []);
    const users = new Set([...moved.map(({ userId }) => userId), ...(offer === undefined ? [] : [offer.userId])]);
    for (const userId of users) {
      const merges = await unlessForeign(this.index.list(userId), []);
      const ofGuest = merges.filter((merge) => merge.guestId === guestId);
      await this.replication.written(keys.cartMerges(userId), this.index.remove(userId, ofGuest));
    }
  }

  private async eraseMerge(userId: string, { offerId, guestId }: NotedMerge): Promise<void> {
    const pending = guestId === undefined ? undefined : await this.endOffer(userId, guestId);
    if (guestId !== undefined) await this.forgetMoved(userId, guestId);
    const offers = pending === undefined || pending === offerId ? [offerId] : [offerId, pending];
    await this.eraser.erase(offers.map((id) => keys.cartMerged(userId, id)));
  }

  /** Ends an unfinished merge, as the next merge of the guest would. @returns the id of its offer. */
  private async endOffer(userId: string, guestId: string): Promise<string | undefined> {
    const offer = await unlessForeign(this.unfinished.of(guestId), undefined);
    if (offer?.userId !== userId) return undefined;
    await this.unfinished.finish(guestId, offer);
    return offer.id;
  }

  /** The guest's copy of a moved checkout holds only its id and the user. */
  private async forgetMoved(userId: string, guestId: string): Promise<void> {
    const moved = await unlessForeign(this.index.movedFrom(guestId), []);
    const ids = moved.filter((checkout) => checkout.userId === userId).map(({ id }) => id);
    if (ids.length === 0) return;
    const checkouts = keys.cartCheckouts(guestId);
    await this.replication.written(checkouts, reply(this.redis.hdel(checkouts, ...ids)));
  }
}
