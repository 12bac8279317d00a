import { Module } from '@nestjs/common';
import { CartEventData } from './cart-event-data.store.js';
import { CartEventPublisher } from './cart-event-publisher.store.js';
import { CartEventReader } from './cart-event-reader.store.js';
import { CartHistory } from './cart-history.store.js';
import { EventSearch } from './event-search.store.js';
import { EventStreamBound } from './event-stream-bound.store.js';
import { LiveChanges } from './live-changes.store.js';

/** Publishes changes of carts, keeps the latest ones, follows those of a user, and reads those of all users. */
@Module({
  providers: [
    CartEventData,
    CartEventPublisher,
    CartEventReader,
    CartHistory,
    EventSearch,
    EventStreamBound,
    LiveChanges,
  ],
  exports: [CartEventData, CartEventPublisher, CartEventReader, CartHistory, LiveChanges],
})
export class CartEventsModule {}
