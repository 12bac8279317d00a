import { Inject } from '@nestjs/common';

/** What sessions need of carts: how many items a user's cart holds now. */
export interface CartCounter {
  /** @throws RedisUnavailableError */
  countItems(userId: string): Promise<number>;
}

export const CART_COUNTER = Symbol('CartCounter');
export const InjectCartCounter = (): ParameterDecorator => Inject(CART_COUNTER);
