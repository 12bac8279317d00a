import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { InjectConfig, type EventsConfig } from '#config';
import { InjectRedis, keys, RedisScript, TurnBatch, type AnswerOf, type RedisClient } from '#redis';
import type { CartEvent } from '../domain/cart-event.js';
import { tellingOf } from './recorded-change.js';

const tell = RedisScript.load(join(import.meta.dirname, 'lua'), 'tell');

/** Tells the world of changes of carts: a Redis Stream that keeps the latest, and a channel of each user's. */
@Injectable()
export class CartFeed {
  private readonly logger = new Logger(CartFeed.name);
  private readonly events: TurnBatch<CartEvent, void>;

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('events') private readonly config: EventsConfig,
  ) {
    this.events = new TurnBatch(redis, this.tell.bind(this));
  }

  /** Nobody waits for it, and a failure loses this one change in the feed and nothing else. */
  publish(event: CartEvent): void {
    this.events.add(event).catch((error: unknown) => {
      this.logger.debug({ message: 'The change of a cart was not fed', version: event.version, err: error });
    });
  }

  private async tell(events: readonly CartEvent[]): Promise<AnswerOf<void>> {
    await tell.run(this.redis, [keys.cartEvents], [this.config.maxLength, ...events.flatMap(argumentsOf)]);
    return () => undefined;
  }
}

/** Of a change, for `lua/tell.lua`. */
function argumentsOf(event: CartEvent): (string | number)[] {
  const { message, entry } = tellingOf(event);
  return [keys.cartEventsChannel(event.userId), message, ...entry];
}
