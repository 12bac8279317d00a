import { randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { ProductLookup } from '../products/product-lookup.js';
import type { Merged, MergeStrategy } from '../domain/merge.js';
import { productIdOf } from '../domain/line-id.js';
import { InjectGuestVerifier, type GuestVerifier } from '../ports/guest-verifier.js';
import { countOutcome } from '../storage/count-outcome.js';
import { accepted } from '../storage/cart.rejections.js';
import type { CartWrite } from '../write/cart-write.js';
import { MergeContendedError } from '../storage/merge.errors.js';
import { MergeStore } from './merge.store.js';
import { leftAfter, type Offer } from './offer.js';
import { MAX_ATTEMPTS, pause } from '../storage/merge-pause.js';
import { UnfinishedMerges } from '../storage/unfinished-merges.store.js';

/** Another merge of the same guest is in progress or unfinished: the id of its offer. */
interface OtherMerge {
  readonly otherOffer: string;
}

/**
 * Merges a guest's cart into a user's cart in three steps of one script each: offer (recorded with the guest), apply (recorded
 * with the user) and finish (removes from the guest's cart what was offered). If an instance stops in between, the next merge
 * continues from these records: decision 0014.
 */
@Injectable()
export class MergeService {
  private readonly logger = new Logger(MergeService.name);

  constructor(
    private readonly store: MergeStore,
    private readonly unfinished: UnfinishedMerges,
    private readonly lookup: ProductLookup,
    @InjectGuestVerifier() private readonly guests: GuestVerifier,
  ) {}

  /**
   * @throws InvalidGuestTokenError, VersionMismatchError, IdempotencyKeyReusedError, MergeContendedError,
   *   RedisUnavailableError
   */
  async merge(write: CartWrite, guestToken: string, strategy: MergeStrategy): Promise<Merged> {
    return this.lookup.afterWrite(await countOutcome('merge', this.mergeOf(write, guestToken, strategy)));
  }

  private async mergeOf(write: CartWrite, guestToken: string, strategy: MergeStrategy): Promise<Merged> {
    const guestId = await this.guests.verify(guestToken);
    if (guestId === undefined || guestId === write.userId) {
      // The replay of a merge succeeds even if the guest's token has expired since.
      return this.store.applyNothing(write, strategy, 'rejected');
    }
    let other: string | undefined;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const outcome = await this.attempt(write, guestId, strategy, other);
      if (!('otherOffer' in outcome)) return outcome;
      other = outcome.otherOffer;
      await pause(attempt);
    }
    throw new MergeContendedError(guestId);
  }

  /** @param seen the offer of another merge that the previous attempt met. */
  private async attempt(
    write: CartWrite,
    guestId: string,
    strategy: MergeStrategy,
    seen: string | undefined,
  ): Promise<Merged | OtherMerge> {
    const newId = randomBytes(16).toString('base64url');
    const offered = await this.store.offer(guestId, write, newId);
    const isNew = offered.code === 'ok' && offered.offer.id === newId;
    if (!isNew && !write.dryRun) this.later(this.store.forget(write.userId, newId, guestId));
    switch (offered.code) {
      case 'nothing':
        return this.applyNothing(write, strategy, offered.latestMerge);
      case 'left_over':
        if (offered.ifCancelled !== undefined) {
          const left = leftAfter(offered.ifCancelled, await this.unfinished.outcomeOf(offered));
          return this.accept(write, guestId, strategy, left);
        }
        // The other merge may be about to finish. If its offer is still there at the next attempt, it has been abandoned.
        if (offered.id === seen) await this.unfinished.finish(guestId, offered);
        return { otherOffer: offered.id };
      case 'ok':
        return this.accept(write, guestId, strategy, offered.offer);
      default:
        return offered satisfies never;
    }
  }

  private async accept(
    write: CartWrite,
    guestId: string,
    strategy: MergeStrategy,
    offer: Offer,
  ): Promise<Merged | OtherMerge> {
    const products = await this.lookup.readAvailable(new Set(offer.lines.map(([lineId]) => productIdOf(lineId))));
    const outcome = await this.store.apply(write, strategy, offer, products);
    const isReported = outcome !== undefined && 'report' in outcome && !outcome.replayed;
    // Also if the write was rejected or replayed: it frees the guest's cart for the next merge.
    if (!write.dryRun) await this.unfinished.finish(guestId, { id: offer.id, userId: write.userId }, isReported);
    if (!write.dryRun && isReported) this.forgetLatest(write, offer.latestMerge);
    return outcome === undefined ? { otherOffer: offer.id } : accepted(outcome);
  }

  private async applyNothing(
    write: CartWrite,
    strategy: MergeStrategy,
    latestMerge: string | undefined,
  ): Promise<Merged> {
    const merged = await this.store.applyNothing(write, strategy, 'nothing', latestMerge);
    if (!write.dryRun && !merged.replayed) this.forgetLatest(write, latestMerge);
    return merged;
  }

  private forgetLatest({ userId }: CartWrite, latestMerge: string | undefined): void {
    if (latestMerge !== undefined) this.unfinished.forgetReport(userId, latestMerge);
  }

  /** Not awaited by any request. If it fails, what a merge leaves behind is kept for its full lifetime. */
  private later(done: Promise<void>): void {
    done.catch((error: unknown) => {
      this.logger.debug({ message: 'The outcome of a merge is kept for its full lifetime', err: error });
    });
  }
}
