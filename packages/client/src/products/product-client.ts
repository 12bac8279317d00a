import type { Api, CallOptions } from '../api/api.js';
import type { BodyOf, ResultOf } from '../api/operations.js';

export type Product = ResultOf<'get', '/cache/product/{product_id}'>;
export type ProductData = BodyOf<'post', '/cache/product/{product_id}'>;
export type NamedProduct = BodyOf<'post', '/cache/products'>['products'][number];
export type FoundProducts = ResultOf<'get', '/cache/products'>;

/** The product cache. Writing needs the role `catalog`. */
export class ProductClient {
  constructor(private readonly api: Api) {}

  /**
   * @param options with `ifNoneMatch`, an earlier result: the same object is returned if the product has not changed.
   * @throws ProblemError `product_not_cached`.
   */
  async get(
    productId: string,
    { signal, ifNoneMatch }: CallOptions & { readonly ifNoneMatch?: Product } = {},
  ): Promise<Product> {
    return this.api.call('get', '/cache/product/{product_id}', {
      signal,
      ifNoneMatch,
      path: { product_id: productId },
    });
  }

  /** Up to 100 products. `missing` has the ids that are not cached. */
  async getMany(productIds: readonly string[], { signal }: CallOptions = {}): Promise<FoundProducts> {
    return this.api.call('get', '/cache/products', { signal, query: { ids: productIds.join(',') } });
  }

  async put(productId: string, product: ProductData, { signal }: CallOptions = {}): Promise<Product> {
    return this.api.call('post', '/cache/product/{product_id}', {
      signal,
      path: { product_id: productId },
      body: product,
      isRetryable: true,
    });
  }

  /**
   * Up to 100 products.
   * @returns how many were cached.
   */
  async putMany(products: readonly NamedProduct[], { signal }: CallOptions = {}): Promise<number> {
    const body = { products: [...products] };
    const { cached } = await this.api.call('post', '/cache/products', { signal, body, isRetryable: true });
    return cached;
  }

  /**
   * If a retry says that the product is not cached, an earlier attempt has removed it, and that counts as done.
   * @throws ProblemError `product_not_cached`.
   */
  async delete(productId: string, { signal }: CallOptions = {}): Promise<void> {
    await this.api.call('delete', '/cache/product/{product_id}', {
      signal,
      path: { product_id: productId },
      doneIf: ['product_not_cached'],
    });
  }
}
