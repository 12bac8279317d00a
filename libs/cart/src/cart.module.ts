import { Module } from '@nestjs/common';
import { CartController } from './cart.controller.js';
import { CartMetricsStore } from './cart-metrics.store.js';
import { CartService } from './cart.service.js';
import { CartStore } from './cart.store.js';

/** Carts. Needs a provider of the `ProductReader` port. */
@Module({
  controllers: [CartController],
  providers: [CartService, CartStore, CartMetricsStore],
  exports: [CartService],
})
export class CartModule {}
