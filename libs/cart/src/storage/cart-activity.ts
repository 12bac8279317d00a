import { Injectable } from '@nestjs/common';
import { type CartEvent, CartEventPublisher } from '#cart-events';
import type { CartOperation } from '../domain/cart-operation.js';
import { CartMetricsStore } from './cart-metrics.store.js';

/** Records what users do with their carts. Nothing waits for it. */
@Injectable()
export class CartActivity {
  constructor(
    private readonly metrics: CartMetricsStore,
    private readonly events: CartEventPublisher,
  ) {}

  /** Counts a user's write and, if it changed the cart, publishes its event. */
  record(event: CartEvent & { readonly type: CartOperation }, changed: boolean): void {
    this.metrics.count(event.type, event.userId);
    if (changed) this.publish(event);
  }

  publish(event: CartEvent): void {
    this.events.publish(event);
  }
}
