import { Inject } from '@nestjs/common';
import type { Product } from '#kernel';

/** What the cart needs of the product cache: name and price of products, where they stand there. */
export interface ProductReader {
  /**
   * The products that are cached, by their ids, of those asked for: one `MGET` at most, and none for no ids.
   * @throws RedisUnavailableError
   */
  read(productIds: readonly string[]): Promise<ReadonlyMap<string, Product>>;
  /** The same, without those that cannot be read now: of a cluster, the ones of a primary that is away. */
  readAvailable(productIds: readonly string[]): Promise<ReadonlyMap<string, Product>>;
}

export const PRODUCT_READER = Symbol('ProductReader');
export const InjectProductReader = (): ParameterDecorator => Inject(PRODUCT_READER);
