import { Injectable, Logger } from '@nestjs/common';
import { InjectConfig, type EventsConfig } from '#config';
import { InjectRedis, keys, type RedisClient } from '#redis';
import type { CartEvent } from '../domain/cart-event.js';
import { entryOf, messageOf } from './recorded-change.js';

/** Tells the world of changes of carts: a Redis Stream that keeps the latest, and a channel of each user's. */
@Injectable()
export class CartFeed {
  private readonly logger = new Logger(CartFeed.name);

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('events') private readonly config: EventsConfig,
  ) {}

  /** Nobody waits for it, and a failure loses this one change in the feed and nothing else. */
  publish(event: CartEvent): void {
    const { userId, version } = event;
    Promise.all([
      this.redis.xadd(keys.cartEvents, 'MAXLEN', '~', this.config.maxLength, '*', ...entryOf(event)),
      this.redis.publish(keys.cartEventsChannel(userId), messageOf(event)),
    ]).catch((error: unknown) => {
      this.logger.debug({ message: 'The change of a cart was not fed', version, err: error });
    });
  }
}
