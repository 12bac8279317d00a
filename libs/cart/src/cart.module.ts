import { Module } from '@nestjs/common';
import { CartEventsModule } from '#cart-events';
import { CartActivity } from './storage/cart-activity.js';
import { CartParser } from './storage/cart.parser.js';
import { CartMetricsStore } from './storage/cart-metrics.store.js';
import { CartController } from './lines/cart.controller.js';
import { CartService } from './lines/cart.service.js';
import { EditController } from './lines/edit.controller.js';
import { CartStore } from './storage/cart.store.js';
import { ProductLookup } from './products/product-lookup.js';
import { CheckoutController } from './checkout/checkout.controller.js';
import { CompleteController } from './checkout/complete.controller.js';
import { CheckoutService } from './checkout/checkout.service.js';
import { CheckoutStore } from './checkout/checkout.store.js';
import { CartEventsController } from './stream/cart-events.controller.js';
import { CartEvents } from './stream/cart-events.service.js';
import { StreamEnd } from './stream/stream-end.service.js';
import { StreamPlaces } from './stream/stream-places.store.js';
import { MergeController } from './merge/merge.controller.js';
import { MergeIndex } from './storage/merge-index.store.js';
import { MergeService } from './merge/merge.service.js';
import { MergeStore } from './merge/merge.store.js';
import { UnfinishedMerges } from './storage/unfinished-merges.store.js';
import { SavedItemsController } from './saved/saved-items.controller.js';
import { SavedItemsService } from './saved/saved-items.service.js';
import { SUPPORT_CONTROLLERS } from './support/support.controllers.js';
import { CartWriteStore } from './storage/cart-write.store.js';
import { CartData, CheckoutData, IdempotencyData, MergeData, MetricsData } from './user-data/index.js';

const USER_DATA = [CartData, CheckoutData, IdempotencyData, MergeData, MetricsData];

/**
 * Carts, saved items, merging, checkout and the change feed. Requires providers of the `ProductReader` and `GuestVerifier`
 * ports.
 */
@Module({
  imports: [CartEventsModule],
  controllers: [
    CartController,
    EditController,
    SavedItemsController,
    MergeController,
    CheckoutController,
    CompleteController,
    CartEventsController,
    ...SUPPORT_CONTROLLERS,
  ],
  providers: [
    CartService,
    SavedItemsService,
    MergeService,
    CheckoutService,
    ProductLookup,
    CartActivity,
    CartParser,
    CartStore,
    CartWriteStore,
    MergeIndex,
    MergeStore,
    UnfinishedMerges,
    CheckoutStore,
    CartMetricsStore,
    CartEvents,
    StreamEnd,
    StreamPlaces,
    ...USER_DATA,
  ],
  exports: [CartService, CheckoutService, MergeService, ...USER_DATA],
})
export class CartModule {}
