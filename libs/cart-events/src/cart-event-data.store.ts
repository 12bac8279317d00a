import { Injectable } from '@nestjs/common';
import { isoTime } from '#kernel';
import { keys, Replication, reply, unlessForeign } from '#redis';
import { InjectRedis, KeyEraser, type RedisClient } from '#redis/client';
import { CartHistory } from './cart-history.store.js';
import { EventSearch } from './event-search.store.js';
import { fromEntry, fromMessage, type RecordedChange } from './recorded-change.js';

/** The recorded changes of a user's cart, to be exported and erased. */
@Injectable()
export class CartEventData {
  readonly name = 'events';
  readonly erased = 'last';

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    private readonly search: EventSearch,
    private readonly history: CartHistory,
    private readonly eraser: KeyEraser,
    private readonly replication: Replication,
  ) {}

  /** The entries of the stream, and the user's own history, which holds the latest of the same changes. */
  async export(userId: string): Promise<unknown> {
    const entries: unknown[] = [];
    await this.search.visitAll(userId, async (found) => {
      entries.push(...found.map(({ id, fields }) => ({ id, ...(renderChange(fromEntry(fields)) ?? { fields }) })));
      return Promise.resolve();
    });
    const lines = await this.history.lines(userId);
    return { stream: entries, history: lines.map((line) => renderChange(fromMessage(line)) ?? { text: line }) };
  }

  async erase(userId: string): Promise<void> {
    const erasing = this.search.visitAll(userId, async (found) => {
      const ids = found.map(({ id }) => id);
      await this.replication.written(keys.cartEvents, reply(this.redis.xdel(keys.cartEvents, ...ids)));
    });
    await unlessForeign(erasing, undefined);
    await this.eraser.erase([keys.cartHistory(userId)]);
  }
}

function renderChange(change: RecordedChange | undefined): object | undefined {
  if (change === undefined) return undefined;
  const { type, life, version, at, changes } = change;
  const lines =
    changes?.map(({ lineId, content, ...quantities }) => ({ line_id: lineId, ...quantities, ...content })) ?? null;
  return { type, life, version, at: isoTime(at), changes: lines };
}
