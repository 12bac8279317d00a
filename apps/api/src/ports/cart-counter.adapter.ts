import { Injectable } from '@nestjs/common';
import { CartService } from '#cart';
import type { CartCounter } from '#session';

/** Counts carts for the sessions with the cart library. */
@Injectable()
export class CartCounterAdapter implements CartCounter {
  constructor(private readonly carts: CartService) {}

  async countItems(userId: string): Promise<number> {
    return this.carts.peekCount(userId);
  }
}
