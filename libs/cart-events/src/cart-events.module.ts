import { Module } from '@nestjs/common';
import { CartFeed } from './cart-feed.store.js';
import { CartHistory } from './cart-history.store.js';
import { EventStreamBound } from './event-stream-bound.store.js';
import { LiveChanges } from './live-changes.store.js';

/** What happened to carts: publishes it, keeps the latest changes, and follows those of a user. */
@Module({
  providers: [CartFeed, CartHistory, EventStreamBound, LiveChanges],
  exports: [CartFeed, CartHistory, LiveChanges],
})
export class CartEventsModule {}
