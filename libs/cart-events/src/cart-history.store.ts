import { Injectable } from '@nestjs/common';
import { keys, reply } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import type { EventId } from './event-id.js';
import { fromMessage, type RecordedChange } from './recorded-change.js';

/** What a user's history may take: 40 to 90 changes of ordinary size. Beyond that the older half goes. */
export const HISTORY_BYTES = 8192;
/** How long after a user's last change the history is kept. Reading the cart again costs less than keeping it longer. */
export const HISTORY_LIFETIME_MS = 15 * 60_000;

/** The state of a cart that its latest change led to. */
export interface CartPosition extends EventId {
  /** Milliseconds. */
  readonly updatedAt: number;
}

/** What a user's history still holds of the cart's changes. All operations throw ForeignDataError, RedisUnavailableError. */
@Injectable()
export class CartHistory {
  constructor(@InjectRedis() private readonly redis: RedisClient) {}

  async position(userId: string): Promise<CartPosition> {
    const meta = await reply(this.redis.hmget(keys.cartMeta(userId), 'life', 'version', 'updated_at'));
    const [life, version, updatedAt] = meta;
    return { life: lifeOf(life), version: wholeNumber(version), updatedAt: wholeNumber(updatedAt) };
  }

  /**
   * The changes from one state of a cart to a later one, in their order; undefined if not all of them are found, or the
   * two are no states of one cart.
   */
  async between(userId: string, from: EventId, to: EventId): Promise<RecordedChange[] | undefined> {
    const missing = to.version - from.version;
    if (missing < 0 || !isSameCart(from, to)) return undefined;
    const found = new Map<number, RecordedChange>();
    for (const line of missing === 0 ? [] : await this.latestLines(userId)) {
      const change = fromMessage(line);
      if (change === undefined) continue;
      const { life, version } = change;
      if (life !== to.life || version <= from.version || version > to.version || found.has(version)) continue;
      found.set(version, change);
      if (found.size === missing) break;
    }
    if (found.size < missing) return undefined;
    return Array.from(found.values()).sort((left, right) => left.version - right.version);
  }

  /** A line for each change, the latest first. Two instances may have written them out of their order. */
  private async latestLines(userId: string): Promise<string[]> {
    // No more than a history of ours can be, whatever the key holds.
    const text = await reply(this.redis.getrange(keys.cartHistory(userId), -HISTORY_BYTES, -1));
    return text.split('\n').reverse();
  }
}

/** Whether a cart went on from one state to the other. The first change of a cart gives it its life. */
function isSameCart(from: EventId, to: EventId): boolean {
  return from.life === to.life || (from.life === '' && from.version === 0);
}

/** The life in the meta; '' if it is not there or someone else wrote something else. */
function lifeOf(text: string | null | undefined): string {
  return /^\w{1,16}$/.test(text ?? '') ? String(text) : '';
}

/** What a field of the meta means; 0 if it is not there or someone else wrote something else. */
function wholeNumber(text: string | null | undefined): number {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : 0;
}
