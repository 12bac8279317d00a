import { Injectable } from '@nestjs/common';
import { InjectRedis, keys, reply, type RedisClient } from '#redis';
import { fromEntry, type RecordedChange } from './recorded-change.js';

const PAGE = 500;
/** How far back changes are looked for, over all users: what a request may cost Redis has an end. */
const MAX_PAGES = 4;

/** Where a cart stands: its version, and the time of the change that led to it, in milliseconds. */
export interface CartPosition {
  readonly version: number;
  readonly updatedAt: number;
}

/** What the stream still knows of a cart's changes. All operations throw RedisUnavailableError. */
@Injectable()
export class CartHistory {
  constructor(@InjectRedis() private readonly redis: RedisClient) {}

  async position(userId: string): Promise<CartPosition> {
    const [version, updatedAt] = await reply(this.redis.hmget(keys.cartMeta(userId), 'version', 'updated_at'));
    return { version: Number(version) || 0, updatedAt: Number(updatedAt) || 0 };
  }

  /** The changes from one version to a later one in their order; undefined where not all of them are found. */
  async between(userId: string, from: number, to: number): Promise<RecordedChange[] | undefined> {
    const missing = to - from;
    if (missing < 0 || missing > PAGE * MAX_PAGES) return undefined;
    const found = new Map<number, RecordedChange>();
    for await (const change of missing === 0 ? [] : this.latest(userId)) {
      const { version } = change;
      if (version > from && version <= to && !found.has(version)) found.set(version, change);
      if (found.size === missing) break;
    }
    if (found.size < missing) return undefined;
    return Array.from(found.values()).sort((left, right) => left.version - right.version);
  }

  /** A user's changes, the latest first. Two instances may have written them out of their order. */
  private async *latest(userId: string): AsyncGenerator<RecordedChange> {
    let end = '+';
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const entries = await reply(this.redis.xrevrange(keys.cartEvents, end, '-', 'COUNT', PAGE));
      for (const [id, flat] of entries) {
        const values = toObject(flat);
        const change = values.user === userId ? fromEntry(values) : undefined;
        if (change !== undefined) yield change;
        end = `(${id}`;
      }
      if (entries.length < PAGE) return;
    }
  }
}

function toObject(flat: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (let index = 0; index + 1 < flat.length; index += 2) values[flat[index] ?? ''] = flat[index + 1] ?? '';
  return values;
}
