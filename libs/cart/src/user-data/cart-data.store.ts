import { Injectable } from '@nestjs/common';
import { keys } from '#redis';
import { KeyEraser } from '#redis/client';
import { renderCart } from '../response/cart.view.js';
import { cartKeys } from '../storage/cart-keys.js';
import { CartStore } from '../storage/cart.store.js';

/** A user's cart and saved items, to be exported and erased. */
@Injectable()
export class CartData {
  readonly name = 'cart';
  readonly erased = 'at_once';

  constructor(
    private readonly carts: CartStore,
    private readonly eraser: KeyEraser,
  ) {}

  /** The cart, as `GET /cart` returns it, without comparing its prices with the product cache. */
  async export(userId: string): Promise<unknown> {
    const cart: unknown = JSON.parse(renderCart(await this.carts.read(userId)));
    return cart;
  }

  async erase(userId: string): Promise<void> {
    await this.eraser.erase([...cartKeys(userId), keys.cartOffer(userId)]);
  }
}
