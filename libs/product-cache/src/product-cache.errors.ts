import { DomainError } from '#kernel';

export class ProductNotCachedError extends DomainError {
  constructor(productId: string) {
    super('product_not_cached', 'This product is not in the cache.', { context: { productId } });
  }
}
