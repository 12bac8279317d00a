import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { InjectConfig, type EventsConfig } from '#config';
import { CrossSlotFallback, ForeignDataError, keys, RedisScript, TickBatch, type ResultOf } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import type { CartEvent } from './cart-event.js';
import { publishedEvents } from './cart-events.metrics.js';
import { HISTORY_BYTES, HISTORY_LIFETIME_MS } from './cart-history.store.js';
import { EventStreamBound } from './event-stream-bound.store.js';
import { publishedChange, type PublishedChange } from './recorded-change.js';

const LUA = join(import.meta.dirname, 'lua');
const publish = RedisScript.load(LUA, 'publish');
const recordHistory = RedisScript.load(LUA, 'record_history');

type Publication = PublishedChange & { readonly userId: string };

/**
 * Publishes changes of carts: to the Redis Stream with the latest changes of all users, to the user's own history, and to the
 * user's channel.
 */
@Injectable()
export class CartEventPublisher {
  private readonly logger = new Logger(CartEventPublisher.name);
  private readonly events: TickBatch<CartEvent, void>;
  private readonly slots = new CrossSlotFallback();

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('events') private readonly config: EventsConfig,
    private readonly bound: EventStreamBound,
  ) {
    this.events = new TickBatch('cart.publish', redis, this.publishAll.bind(this));
  }

  /** Not awaited. A failure loses only this one change in the feed. */
  publish(event: CartEvent): void {
    this.events.add(event).catch((error: unknown) => {
      this.logger.debug({ message: 'The change of a cart was not fed', version: event.version, err: error });
    });
  }

  private async publishAll(events: readonly CartEvent[]): Promise<ResultOf<void>> {
    this.bound.count(events.length);
    const publications = events.map((event) => ({ userId: event.userId, ...publishedChange(event) }));
    try {
      await this.slots.run(
        async () => this.publishTo(publications, historiesOf(publications)),
        async () => {
          await Promise.all([
            this.publishTo(publications, []),
            ...publications.map(async (each) => this.recordHistory(each)),
          ]);
        },
      );
      publishedEvents.series('ok').add(events.length);
    } catch (error) {
      publishedEvents.series('failed').add(events.length);
      this.explain(error);
    }
    return () => undefined;
  }

  /**
   * Logs foreign data, one line for all changes that were published together. What belongs under that key is lost until an
   * operator repairs it, and no response reports that.
   * @throws every other error
   */
  private explain(error: unknown): void {
    if (!(error instanceof ForeignDataError)) throw error;
    this.logger.error({ message: 'A key of the change feed holds foreign data', ...error.context, err: error });
  }

  private async publishTo(publications: readonly Publication[], histories: readonly string[]): Promise<void> {
    const bounds = [this.config.maxLength, HISTORY_BYTES, HISTORY_LIFETIME_MS];
    await publish.run(this.redis, [keys.cartEvents, ...histories], [...bounds, ...publications.flatMap(argumentsOf)]);
  }

  /** In a cluster the histories are not in the slot of the stream. */
  private async recordHistory({ userId, message }: Publication): Promise<void> {
    await recordHistory.run(this.redis, [keys.cartHistory(userId)], [message, HISTORY_BYTES, HISTORY_LIFETIME_MS]);
  }
}

function historiesOf(publications: readonly Publication[]): string[] {
  return publications.map(({ userId }) => keys.cartHistory(userId));
}

/** The arguments of `lua/publish.lua` for one change. */
function argumentsOf({ userId, message, entry }: Publication): (string | number)[] {
  return [keys.cartEventsChannel(userId), message, ...entry];
}
