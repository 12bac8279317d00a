import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { WrittenCart } from '../domain/written-cart.js';
import { CartChanges } from '../storage/cart-changes.js';
import { ProductLookup } from '../products/product-lookup.js';
import type { MergedLine, MergeStrategy, Offer } from '../domain/merge.js';
import { InjectGuestVerifier, type GuestVerifier } from '../ports/guest-verifier.js';
import type { CartWrite } from '../write/cart-write.js';
import { InvalidGuestTokenError, MergeContendedError } from './merge.errors.js';
import type { MergeReply } from './merge.replies.js';
import { MergeStore } from './merge.store.js';

/** Other merges of the same guest may make one start over; together with the pauses this ends within a second. */
const MAX_ATTEMPTS = 10;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 100;

export interface Merged extends WrittenCart {
  readonly report: readonly MergedLine[];
}

/** Another merge of the same guest stands in the way. */
interface MetOther {
  readonly code: 'other';
  readonly offerId: string;
}

/**
 * Merges a guest's cart into a user's, in three steps of one script each: offer (noted with the guest), apply (noted
 * with the user), finish (takes from the guest what was offered). Whoever stops in between leaves notes by which the
 * next merge goes on: decision 0014.
 */
@Injectable()
export class MergeService {
  private readonly logger = new Logger(MergeService.name);

  constructor(
    private readonly store: MergeStore,
    private readonly lookup: ProductLookup,
    private readonly changes: CartChanges,
    @InjectGuestVerifier() private readonly guests: GuestVerifier,
  ) {}

  /**
   * @throws InvalidGuestTokenError, VersionMismatchError, IdempotencyKeyReusedError, MergeContendedError,
   *   RedisUnavailableError
   */
  async merge(write: CartWrite, guestToken: string, strategy: MergeStrategy): Promise<Merged> {
    const guestId = await this.guests.verify(guestToken);
    if (guestId === undefined || guestId === write.userId) {
      // A repeat of a merge is answered even where the token has expired since.
      return this.settle(write, await this.store.applyNothing(write, strategy, 'rejected'));
    }
    let other: string | undefined;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const outcome = await this.attempt(write, guestId, strategy, other);
      if (outcome.code !== 'other') return this.settle(write, outcome);
      other = outcome.offerId;
      await pause(attempt);
    }
    throw new MergeContendedError(guestId);
  }

  /**
   * One attempt.
   * @param seen the offer of another merge that the attempt before this one met.
   */
  private async attempt(
    write: CartWrite,
    guestId: string,
    strategy: MergeStrategy,
    seen: string | undefined,
  ): Promise<MergeReply | MetOther> {
    const offered = await this.store.offer(guestId, write.userId, randomBytes(16).toString('base64url'));
    switch (offered.code) {
      case 'nothing':
        return this.store.applyNothing(write, strategy, 'nothing');
      case 'left_over':
        // Whoever made it may be about to end it. If it is still there at the second look, no one is.
        if (offered.id === seen) await this.bringToEnd(guestId, offered.userId, offered.id);
        return { code: 'other', offerId: offered.id };
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
  ): Promise<MergeReply | MetOther> {
    const products = await this.lookup.readAvailable(offer.lines.map(([productId]) => productId));
    const reply = await this.store.apply(write, strategy, offer, products);
    // Also where the write was rejected or was a repeat: the guest's cart is then free for the next merge.
    await this.bringToEnd(guestId, write.userId, offer.id);
    return reply.code === 'merge_cancelled' ? { code: 'other', offerId: offer.id } : reply;
  }

  private async bringToEnd(guestId: string, userId: string, offerId: string): Promise<void> {
    const state = await this.store.settle(userId, offerId);
    const reply = await this.store.finish(guestId, offerId, state);
    this.release(userId, offerId);
    if (reply.changes.length === 0) return;
    const { life, version, updatedAt: at } = reply.stored;
    this.changes.publish({ type: 'merge', userId: guestId, life, version, at, changes: reply.changes });
  }

  /** No request waits for it: if it fails, the note lives its full time. */
  private release(userId: string, offerId: string): void {
    this.store.release(userId, offerId).catch((error: unknown) => {
      this.logger.debug({ message: 'The note of a merge was left to its full life', err: error });
    });
  }

  private settle(write: CartWrite, reply: MergeReply): Merged {
    switch (reply.code) {
      case 'ok':
        return { ...this.changes.resolve('merge', write.userId, reply), report: reply.report };
      case 'rejected':
        throw reply.error;
      case 'invalid_guest_token':
        throw new InvalidGuestTokenError();
      case 'merge_cancelled':
        throw new MergeContendedError(write.userId);
      default:
        return reply satisfies never;
    }
  }
}

/** Longer each time and never the same for two, so that merges that met once do not meet for ever. */
async function pause(attempt: number): Promise<void> {
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
  await delay(longest * (0.5 + Math.random() / 2));
}
