import { Module } from '@nestjs/common';
import { AvailableProducts } from './available-products.js';
import { LocalProducts } from './local-products.js';
import { LoadLock } from './origin/load-lock.store.js';
import { OriginClient } from './origin/origin.client.js';
import { OriginLoader } from './origin/origin-loader.js';
import { ProductCacheController } from './product-cache.controller.js';
import { ProductCacheService } from './product-cache.service.js';
import { ProductCacheStore } from './product-cache.store.js';

@Module({
  controllers: [ProductCacheController],
  providers: [
    ProductCacheService,
    ProductCacheStore,
    AvailableProducts,
    LocalProducts,
    OriginLoader,
    OriginClient,
    LoadLock,
  ],
  exports: [ProductCacheService],
})
export class ProductCacheModule {}
