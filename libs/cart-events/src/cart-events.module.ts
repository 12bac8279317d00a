import { Module } from '@nestjs/common';
import { CartEventPublisher } from './cart-event-publisher.store.js';
import { CartHistory } from './cart-history.store.js';
import { EventStreamBound } from './event-stream-bound.store.js';
import { LiveChanges } from './live-changes.store.js';

/** What happened to carts: publishes it, keeps the latest changes, and follows those of a user. */
@Module({
  providers: [CartEventPublisher, CartHistory, EventStreamBound, LiveChanges],
  exports: [CartEventPublisher, CartHistory, LiveChanges],
})
export class CartEventsModule {}
