import { Injectable } from '@nestjs/common';
import { isoTime } from '#kernel';
import { keys, reply, unlessForeign } from '#redis';
import { InjectRedis, KeyEraser, type RedisClient } from '#redis/client';

/** Time in milliseconds, bytes and name of a record, as `lua/lib/record_queue.lua` writes it. */
const ENTRY = /^(\d{1,15}) (\d+) (.*)$/s;

interface KeptRecord {
  readonly key: string;
  readonly recordedAt: number;
  readonly bytes: number;
}

/** The idempotency records of a user's writes, to be exported and erased. */
@Injectable()
export class IdempotencyData {
  readonly name = 'idempotency_keys';
  readonly erased = 'at_once';

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    private readonly eraser: KeyEraser,
  ) {}

  /** The keys and when they were used. The recorded responses repeat what the cart and the checkouts contain. */
  async export(userId: string): Promise<unknown[]> {
    const records = await this.recordsOf(userId);
    return records.map(({ key, recordedAt, bytes }) => ({ key, recorded_at: isoTime(recordedAt), bytes }));
  }

  async erase(userId: string): Promise<void> {
    const records = await unlessForeign(this.recordsOf(userId), []);
    await this.eraser.erase(records.map(({ key }) => keys.cartIdempotency(userId, key)));
    await this.eraser.erase([keys.cartIdempotencyIndex(userId)]);
  }

  private async recordsOf(userId: string): Promise<KeptRecord[]> {
    const prefix = keys.cartIdempotency(userId, '');
    const entries = await reply(this.redis.hvals(keys.cartIdempotencyIndex(userId)));
    return entries.flatMap((entry) => {
      const [, time, bytes, name = ''] = ENTRY.exec(entry) ?? [];
      if (!name.startsWith(prefix)) return [];
      return [{ key: name.slice(prefix.length), recordedAt: Number(time), bytes: Number(bytes) }];
    });
  }
}
