import { Injectable } from '@nestjs/common';
import type { ProductReader } from '#cart';
import type { Product } from '#kernel';
import { ProductCacheService } from '#product-cache';

/** The cart learns of products from the product cache. */
@Injectable()
export class ProductReaderAdapter implements ProductReader {
  constructor(private readonly cache: ProductCacheService) {}

  async read(productIds: readonly string[]): Promise<ReadonlyMap<string, Product>> {
    return this.cache.find(productIds);
  }

  async readAvailable(productIds: readonly string[]): Promise<ReadonlyMap<string, Product>> {
    return this.cache.findAvailable(productIds);
  }
}
