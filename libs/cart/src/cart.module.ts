import { Module } from '@nestjs/common';
import { CartChanges } from './cart-changes.js';
import { CartMetricsStore } from './cart-metrics.store.js';
import { CartController } from './cart.controller.js';
import { CartService } from './cart.service.js';
import { CartStore } from './cart.store.js';
import { Catalogue } from './catalogue.js';
import { CheckoutController } from './checkout/checkout.controller.js';
import { CheckoutService } from './checkout/checkout.service.js';
import { CheckoutStore } from './checkout/checkout.store.js';
import { CartEventsController } from './feed/cart-events.controller.js';
import { CartEvents } from './feed/cart-events.service.js';
import { CartFeed } from './feed/cart-feed.store.js';
import { CartHistory } from './feed/cart-history.store.js';
import { EventStreamBound } from './feed/event-stream-bound.store.js';
import { LiveChanges } from './feed/live-changes.store.js';
import { StreamEnd } from './feed/stream-end.service.js';
import { StreamPlaces } from './feed/stream-places.store.js';
import { MergeController } from './merge/merge.controller.js';
import { MergeService } from './merge/merge.service.js';
import { MergeStore } from './merge/merge.store.js';
import { SavedItemsController } from './saved/saved-items.controller.js';
import { CartWriteStore } from './write/cart-write.store.js';

/** Carts, their merging, checkout and change feed. Needs providers of the `ProductReader` and `GuestVerifier` ports. */
@Module({
  controllers: [CartController, SavedItemsController, MergeController, CheckoutController, CartEventsController],
  providers: [
    CartService,
    MergeService,
    CheckoutService,
    Catalogue,
    CartChanges,
    CartStore,
    CartWriteStore,
    MergeStore,
    CheckoutStore,
    CartMetricsStore,
    CartFeed,
    CartEvents,
    CartHistory,
    EventStreamBound,
    LiveChanges,
    StreamEnd,
    StreamPlaces,
  ],
  exports: [CartService, MergeService],
})
export class CartModule {}
