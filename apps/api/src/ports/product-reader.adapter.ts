import { Injectable } from '@nestjs/common';
import type { ProductReader } from '#cart';
import type { Product } from '#common';
import { ProductCacheService } from '#product-cache';

/** The cart learns of products from the product cache. */
@Injectable()
export class ProductReaderAdapter implements ProductReader {
  constructor(private readonly cache: ProductCacheService) {}

  async read(productId: string): Promise<Product | undefined> {
    return this.cache.find(productId);
  }
}
