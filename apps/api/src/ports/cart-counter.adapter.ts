import { Injectable } from '@nestjs/common';
import { CartService } from '#cart';
import type { CartCounter } from '#session';

/** Sessions count a cart by asking the cart. */
@Injectable()
export class CartCounterAdapter implements CartCounter {
  constructor(private readonly carts: CartService) {}

  async countItems(userId: string): Promise<number> {
    return this.carts.peekCount(userId);
  }
}
