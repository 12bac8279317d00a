import { Inject } from '@nestjs/common';
import type { Product } from '#common';

/** What the cart needs of the product cache: name and price of a product, where it stands there. */
export interface ProductReader {
  /** @throws RedisUnavailableError */
  read(productId: string): Promise<Product | undefined>;
}

export const PRODUCT_READER = Symbol('ProductReader');
export const InjectProductReader = (): ParameterDecorator => Inject(PRODUCT_READER);
