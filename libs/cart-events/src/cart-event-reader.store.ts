import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectConfig, type RedisConfig } from '#config';
import { keys, reply } from '#redis';
import { openBlockingRedis, type RedisClient } from '#redis/client';
import { fromEntry, type RecordedChange } from './recorded-change.js';

/** One entry of the stream of all changes. */
export interface StreamEntry {
  /** Its id in the stream, such as `1795425173693-0`. */
  readonly id: string;
  /** undefined if another program wrote the entry. */
  readonly change: RecordedChange | undefined;
}

/** Longest wait of a read, in milliseconds. */
export const MAX_READ_WAIT_MS = 5000;
const MAX_ENTRIES = 100;

/** Reads the changes of all carts from their stream. It has a connection of its own, which it opens with the first read. */
@Injectable()
export class CartEventReader implements OnApplicationShutdown {
  private client: Promise<RedisClient> | undefined;

  constructor(@InjectConfig('redis') private readonly config: RedisConfig) {}

  /**
   * The entries after an id, in order, at most 100 of them. Waits up to 5 seconds for the first; empty if there is none by then.
   * @param id id of the last entry that was read; `0` begins with the oldest entry that the stream still has.
   * @throws RedisUnavailableError
   */
  async after(id: string): Promise<StreamEntry[]> {
    this.client ??= openBlockingRedis(this.config, MAX_READ_WAIT_MS);
    const redis = await this.client;
    const reading = redis.xread('COUNT', MAX_ENTRIES, 'BLOCK', MAX_READ_WAIT_MS, 'STREAMS', keys.cartEvents, id);
    const [stream] = (await reply(reading)) ?? [];
    return stream?.[1].map(([entryId, values]) => ({ id: entryId, change: fromEntry(values) })) ?? [];
  }

  async onApplicationShutdown(): Promise<void> {
    (await this.client)?.disconnect();
  }
}
