import { Module } from '@nestjs/common';
import { CartEventsModule } from '#cart-events';
import { CartChanges } from './storage/cart-changes.js';
import { CartMetricsStore } from './storage/cart-metrics.store.js';
import { CartController } from './lines/cart.controller.js';
import { CartService } from './lines/cart.service.js';
import { CartStore } from './storage/cart.store.js';
import { ProductLookup } from './products/product-lookup.js';
import { CheckoutController } from './checkout/checkout.controller.js';
import { CheckoutService } from './checkout/checkout.service.js';
import { CheckoutStore } from './checkout/checkout.store.js';
import { CartEventsController } from './stream/cart-events.controller.js';
import { CartEvents } from './stream/cart-events.service.js';
import { StreamEnd } from './stream/stream-end.service.js';
import { StreamPlaces } from './stream/stream-places.store.js';
import { MergeController } from './merge/merge.controller.js';
import { MergeService } from './merge/merge.service.js';
import { MergeStore } from './merge/merge.store.js';
import { SavedItemsController } from './saved/saved-items.controller.js';
import { SavedItemsService } from './saved/saved-items.service.js';
import { CartWriteStore } from './storage/cart-write.store.js';

/** Carts, their merging, checkout and change feed. Needs providers of the `ProductReader` and `GuestVerifier` ports. */
@Module({
  imports: [CartEventsModule],
  controllers: [CartController, SavedItemsController, MergeController, CheckoutController, CartEventsController],
  providers: [
    CartService,
    SavedItemsService,
    MergeService,
    CheckoutService,
    ProductLookup,
    CartChanges,
    CartStore,
    CartWriteStore,
    MergeStore,
    CheckoutStore,
    CartMetricsStore,
    CartEvents,
    StreamEnd,
    StreamPlaces,
  ],
  exports: [CartService, MergeService],
})
export class CartModule {}
