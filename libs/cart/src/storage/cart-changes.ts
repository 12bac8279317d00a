import { Injectable, Logger } from '@nestjs/common';
import { type CartChangeType, type CartEvent, CartEventPublisher } from '#cart-events';
import { InjectConfig, type CartConfig } from '#config';
import type { WrittenCart } from '../domain/written-cart.js';
import { CartMetricsStore } from './cart-metrics.store.js';
import type { WriteReply } from './cart.replies.js';
import type { Cart } from '../domain/cart.js';
import { parseCart, type StoredCart } from './stored-cart.js';

/** What follows a write of a cart: it is counted, told to the feed and read. */
@Injectable()
export class CartChanges {
  private readonly logger = new Logger(CartChanges.name);

  constructor(
    private readonly metrics: CartMetricsStore,
    private readonly feed: CartEventPublisher,
    @InjectConfig('cart') private readonly config: CartConfig,
  ) {}

  /**
   * The cart after a write that was carried out now or, where the request is a repeat, before.
   * @throws DomainError where the write was rejected.
   */
  resolve(type: CartChangeType, userId: string, reply: WriteReply): WrittenCart {
    if (reply.code === 'rejected') throw reply.error;
    const { stored, changes, replayed } = reply;
    if (!replayed)
      this.count({ type, userId, life: stored.life, version: stored.version, at: stored.updatedAt, changes });
    return { cart: this.read(userId, stored), replayed };
  }

  /** Counts an operation of the user's and tells the feed what it changed. */
  count(event: CartEvent): void {
    this.metrics.count(event.type, event.userId);
    this.publish(event);
  }

  /** Tells the feed what was changed, if anything was. */
  publish(event: CartEvent): void {
    if (event.changes.length > 0) this.feed.publish(event);
  }

  /** A stored cart as it is meant; what makes no sense is logged, at warn without the products. */
  read(userId: string, stored: StoredCart): Cart {
    const { cart, unreadable } = parseCart(userId, stored, this.config.currency);
    if (unreadable.length > 0) this.report(userId, unreadable);
    return cart;
  }

  private report(userId: string, unreadable: readonly string[]): void {
    const message = 'A cart holds lines that are no JSON of ours';
    this.logger.warn({ message, user_id: userId, lines: unreadable.length });
    this.logger.debug({ message, user_id: userId, product_ids: unreadable });
  }
}
