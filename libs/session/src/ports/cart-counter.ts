import { Inject } from '@nestjs/common';

/** Counts the items that are in a user's cart now. */
export interface CartCounter {
  /** @throws RedisUnavailableError */
  countItems(userId: string): Promise<number>;
}

export const CART_COUNTER = Symbol('CartCounter');
export const InjectCartCounter = (): ParameterDecorator => Inject(CART_COUNTER);
