import { Injectable } from '@nestjs/common';
import { keys, reply } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import type { EventId } from './event-id.js';
import { fromMessage, type RecordedChange } from './recorded-change.js';

/** The maximum size of a user's history: 40 to 90 changes of ordinary size. Beyond it, the older half is dropped. */
export const HISTORY_BYTES = 8192;
/** How long the history is kept after a user's last change. Reading the cart again costs less than keeping it longer. */
export const HISTORY_LIFETIME_MS = 15 * 60_000;

/** The state of a cart after its latest change. */
export interface CartPosition extends EventId {
  /** Milliseconds. */
  readonly updatedAt: number;
}

/** The changes that a user's history still holds. All operations throw ForeignDataError and RedisUnavailableError. */
@Injectable()
export class CartHistory {
  constructor(@InjectRedis() private readonly redis: RedisClient) {}

  async position(userId: string): Promise<CartPosition> {
    const meta = await reply(this.redis.hmget(keys.cartMeta(userId), 'life', 'version', 'updated_at'));
    const [life, version, updatedAt] = meta;
    return { life: lifeOf(life), version: wholeNumber(version), updatedAt: wholeNumber(updatedAt) };
  }

  /**
   * The changes from one state of a cart to a later one, in order; undefined if some are missing, or if the two are not states
   * of the same cart.
   */
  async between(userId: string, from: EventId, to: EventId): Promise<RecordedChange[] | undefined> {
    const missing = to.version - from.version;
    if (missing < 0 || !isSameCart(from, to)) return undefined;
    const found = new Map<number, RecordedChange>();
    for (const line of missing === 0 ? [] : (await this.lines(userId)).reverse()) {
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

  /** One line per change, the latest last. Two instances may have written them out of order. */
  async lines(userId: string): Promise<string[]> {
    // Reads no more than the maximum size of our history, whatever the key holds.
    const text = await reply(this.redis.getrange(keys.cartHistory(userId), -HISTORY_BYTES, -1));
    return text.split('\n').filter((line) => line !== '');
  }
}

/** Whether a cart continued from one state to the other. A cart gets its life with its first change. */
function isSameCart(from: EventId, to: EventId): boolean {
  return from.life === to.life || (from.life === '' && from.version === 0);
}

/** The life in the meta; '' if it is missing or invalid. */
function lifeOf(text: string | null | undefined): string {
  return /^\w{1,16}$/.test(text ?? '') ? String(text) : '';
}

/** A whole number in the meta; 0 if it is missing or invalid. */
function wholeNumber(text: string | null | undefined): number {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : 0;
}
