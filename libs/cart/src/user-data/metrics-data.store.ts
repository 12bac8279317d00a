import { Injectable } from '@nestjs/common';
import { keys, reply } from '#redis';
import { InjectRedis, KeyEraser, type RedisClient } from '#redis/client';
import { CART_OPERATIONS } from '../domain/cart-operation.js';

/** How often a user has done what, and which streams are open. */
export interface MetricsExport {
  readonly operations: Readonly<Record<string, number>>;
  readonly open_streams: number;
}

/** The counters of a user's operations and open streams, to be exported and erased. */
@Injectable()
export class MetricsData {
  readonly name = 'metrics';
  readonly erased = 'at_once';

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    private readonly eraser: KeyEraser,
  ) {}

  async export(userId: string): Promise<MetricsExport> {
    const counts = await Promise.all(
      CART_OPERATIONS.map(async (name) => [name, await reply(this.redis.get(keys.cartMetric(name, userId)))] as const),
    );
    const counted = counts.flatMap(([name, count]) => (count === null ? [] : [[name, Number(count)] as const]));
    const openStreams = await reply(this.redis.zcard(keys.cartStreams(userId)));
    return { operations: Object.fromEntries(counted), open_streams: openStreams };
  }

  async erase(userId: string): Promise<void> {
    const counters = CART_OPERATIONS.map((name) => keys.cartMetric(name, userId));
    await this.eraser.erase([...counters, keys.cartStreams(userId)]);
  }
}
