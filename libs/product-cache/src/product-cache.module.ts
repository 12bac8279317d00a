import { Module } from '@nestjs/common';
import { LocalProducts } from './local-products.js';
import { ProductCacheController } from './product-cache.controller.js';
import { ProductCacheCounters } from './product-cache.counters.js';
import { ProductCacheService } from './product-cache.service.js';
import { ProductCacheStore } from './product-cache.store.js';

@Module({
  controllers: [ProductCacheController],
  providers: [ProductCacheService, ProductCacheStore, LocalProducts, ProductCacheCounters],
  exports: [ProductCacheService, ProductCacheCounters],
})
export class ProductCacheModule {}
