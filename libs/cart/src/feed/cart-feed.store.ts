import { Injectable } from '@nestjs/common';
import type { CartEvent } from '../domain/cart-event.js';

@Injectable()
export class CartFeed {
  publish(_event: CartEvent): void {}
}
