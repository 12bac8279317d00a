import { Module } from '@nestjs/common';
import { ProductCacheController } from './product-cache.controller.js';
import { ProductCacheService } from './product-cache.service.js';
import { ProductCacheStore } from './product-cache.store.js';

@Module({
  controllers: [ProductCacheController],
  providers: [ProductCacheService, ProductCacheStore],
  exports: [ProductCacheService],
})
export class ProductCacheModule {}
