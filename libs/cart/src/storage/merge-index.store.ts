import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { InjectConfig, type CartConfig } from '#config';
import type { Clock } from '#kernel';
import { keys, pairsOf, reply } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';
import { cartScript } from './cart-script.js';

const noteMerge = cartScript('note_merge');
const movedCheckouts = cartScript('moved_checkouts');
const movedReply = z.array(z.string());

/** A merge whose traces are still stored. */
export interface NotedMerge {
  readonly offerId: string;
  /** Whose offer or checkouts may name the user; undefined if none do. */
  readonly guestId: string | undefined;
}

/** A checkout of a guest's that is now a user's. */
export interface MovedCheckout {
  readonly id: string;
  readonly userId: string;
}

/**
 * The merges of each user whose traces are still stored: notes of offers, which are kept under random ids, and what names the
 * user in keys of guests. All operations throw RedisUnavailableError.
 */
@Injectable()
export class MergeIndex {
  private readonly checkoutMs: number;

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('cart') config: CartConfig,
    @InjectClock() private readonly clock: Clock,
  ) {
    this.checkoutMs = config.checkoutTtlSeconds * 1000;
  }

  /** Notes a merge before it leaves a trace. */
  async begin(userId: string, merge: NotedMerge, lifetimeMs: number): Promise<void> {
    await this.note(userId, entryOf(merge), '', lifetimeMs);
  }

  /** Notes that the offer is gone. The guest is kept only if checkouts were moved, and as long as they may live. */
  async end(userId: string, offerId: string, guestId: string, lifetimeMs: number): Promise<void> {
    const moved = (await this.movedFrom(guestId)).some((checkout) => checkout.userId === userId);
    const before = entryOf({ offerId, guestId });
    if (moved) await this.note(userId, before, '', Math.max(lifetimeMs, this.checkoutMs));
    else await this.note(userId, entryOf({ offerId, guestId: undefined }), before, lifetimeMs);
  }

  async remove(userId: string, merges: readonly NotedMerge[]): Promise<void> {
    if (merges.length > 0) await reply(this.redis.zrem(keys.cartMerges(userId), ...merges.map(entryOf)));
  }

  async list(userId: string): Promise<NotedMerge[]> {
    return (await reply(this.redis.zrange(keys.cartMerges(userId), 0, '-1'))).map((entry) => {
      const [offerId = '', guestId] = entry.split(' ');
      return { offerId, guestId };
    });
  }

  /** The checkouts of a guest that are now those of users. @throws ForeignDataError */
  async movedFrom(guestId: string): Promise<MovedCheckout[]> {
    const flat = movedReply.parse(await movedCheckouts.run(this.redis, [keys.cartCheckouts(guestId)], []));
    return pairsOf(flat).map(([id, userId]) => ({ id, userId }));
  }

  private async note(userId: string, entry: string, replaced: string, lifetimeMs: number): Promise<void> {
    const now = this.clock.now();
    await noteMerge.run(this.redis, [keys.cartMerges(userId)], [now, now + lifetimeMs, entry, replaced]);
  }
}

/** Ids contain no spaces. */
function entryOf({ offerId, guestId }: NotedMerge): string {
  return guestId === undefined ? offerId : `${offerId} ${guestId}`;
}
