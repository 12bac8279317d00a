import { Inject } from '@nestjs/common';
import type { Product } from '#kernel';

/** Reads names and prices from the product cache. */
export interface ProductReader {
  /**
   * The cached ones of the given products, by id: at most one `MGET`, and none if there are none.
   * @throws RedisUnavailableError
   */
  read(productIds: Iterable<string>): Promise<ReadonlyMap<string, Product>>;
  /** The same, without products that are currently unreadable, such as those on an unavailable primary of a cluster. */
  readAvailable(productIds: Iterable<string>): Promise<ReadonlyMap<string, Product>>;
}

export const PRODUCT_READER = Symbol('ProductReader');
export const InjectProductReader = (): ParameterDecorator => Inject(PRODUCT_READER);
