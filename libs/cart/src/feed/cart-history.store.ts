import { Injectable } from '@nestjs/common';
import { InjectRedis, keys, reply, type RedisClient } from '#redis';
import { fromMessage, type RecordedChange } from './recorded-change.js';

/** What a user's history may take: 40 to 90 changes of ordinary size. Beyond that the older half goes. */
export const HISTORY_BYTES = 8192;
/** How long after a user's last change the history is kept. Reading the cart again costs less than keeping it longer. */
export const HISTORY_LIFETIME_MS = 15 * 60_000;

/** Where a cart stands: its version, and the time of the change that led to it, in milliseconds. */
export interface CartPosition {
  readonly version: number;
  readonly updatedAt: number;
}

/** What a user's history still holds of the cart's changes. All operations throw ForeignDataError, RedisUnavailableError. */
@Injectable()
export class CartHistory {
  constructor(@InjectRedis() private readonly redis: RedisClient) {}

  async position(userId: string): Promise<CartPosition> {
    const [version, updatedAt] = await reply(this.redis.hmget(keys.cartMeta(userId), 'version', 'updated_at'));
    return { version: wholeNumber(version), updatedAt: wholeNumber(updatedAt) };
  }

  /** The changes from one version to a later one in their order; undefined where not all of them are found. */
  async between(userId: string, from: number, to: number): Promise<RecordedChange[] | undefined> {
    const missing = to - from;
    if (missing < 0) return undefined;
    const found = new Map<number, RecordedChange>();
    for (const line of missing === 0 ? [] : await this.latestLines(userId)) {
      const change = fromMessage(line);
      if (change === undefined) continue;
      const { version } = change;
      if (version > from && version <= to && !found.has(version)) found.set(version, change);
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

/** What a field of the meta means; 0 if it is not there or someone else wrote something else. */
function wholeNumber(text: string | null | undefined): number {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : 0;
}
