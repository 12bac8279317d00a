import { Injectable, Logger } from '@nestjs/common';
import type { Product } from '#common';
import { InjectConfig, type CartConfig } from '#config';
import {
  CartItemNotFoundError,
  CartLineLimitExceededError,
  CurrencyMismatchError,
  ProductNotFoundError,
  QuantityLimitExceededError,
} from './cart.errors.js';
import { CartMetricsStore, type CartOperation } from './cart-metrics.store.js';
import { CartStore, type Addition } from './cart.store.js';
import type { Cart, CartCount } from './domain/cart.js';
import { parseCart, type StoredCart } from './domain/stored-cart.js';
import { InjectProductReader, type ProductReader } from './ports/product-reader.js';

/** The operations on a user's cart. All of them throw RedisUnavailableError. */
@Injectable()
export class CartService {
  private readonly logger = new Logger(CartService.name);

  constructor(
    private readonly store: CartStore,
    private readonly metrics: CartMetricsStore,
    @InjectProductReader() private readonly products: ProductReader,
    @InjectConfig('cart') private readonly config: CartConfig,
  ) {}

  /**
   * Adds to the quantity of a product.
   * @param told what the caller says of the product; the product cache's word goes before it.
   * @throws QuantityLimitExceededError, CartLineLimitExceededError, CurrencyMismatchError, ProductNotFoundError
   */
  async add(userId: string, productId: string, quantity: number, told: Product | undefined): Promise<Cart> {
    const addition = await this.describe(productId, quantity, told);
    const reply = await this.store.add(userId, addition);
    switch (reply.code) {
      case 'ok':
        return this.counted('add', userId, reply.stored);
      case 'quantity_limit_exceeded':
        throw new QuantityLimitExceededError(productId, reply.present);
      case 'cart_line_limit_exceeded':
        throw new CartLineLimitExceededError(this.config.maxLines);
      case 'currency_mismatch':
        throw new CurrencyMismatchError(reply.cartCurrency, addition.product?.currency ?? this.config.currency);
      default:
        return reply satisfies never;
    }
  }

  async get(userId: string): Promise<Cart> {
    const { stored } = await this.store.read(userId);
    return this.counted('get', userId, stored);
  }

  /**
   * Sets the quantity of a line; 0 removes it.
   * @throws CartItemNotFoundError
   */
  async update(userId: string, productId: string, quantity: number): Promise<Cart> {
    return this.setQuantity('update', userId, productId, quantity);
  }

  /** @throws CartItemNotFoundError */
  async remove(userId: string, productId: string): Promise<Cart> {
    return this.setQuantity('remove', userId, productId, 0);
  }

  /** Empties the cart, if there is one. */
  async clear(userId: string): Promise<Cart> {
    const { stored } = await this.store.clear(userId);
    return this.counted('clear', userId, stored);
  }

  async count(userId: string): Promise<CartCount> {
    const count = await this.store.count(userId);
    this.metrics.count('count', userId);
    return count;
  }

  /** The number of items in a cart, for others than its user: not counted as an operation. */
  async peekCount(userId: string): Promise<number> {
    return (await this.store.count(userId)).count;
  }

  private async describe(productId: string, quantity: number, told: Product | undefined): Promise<Addition> {
    const cached = await this.products.read(productId);
    if (cached !== undefined) return { productId, quantity, product: cached, source: 'catalog' };
    if (this.config.pricePolicy === 'catalog') throw new ProductNotFoundError(productId);
    return { productId, quantity, product: told, source: 'client' };
  }

  private async setQuantity(
    operation: CartOperation,
    userId: string,
    productId: string,
    quantity: number,
  ): Promise<Cart> {
    const reply = await this.store.update(userId, productId, quantity);
    switch (reply.code) {
      case 'ok':
        return this.counted(operation, userId, reply.stored);
      case 'cart_item_not_found':
        throw new CartItemNotFoundError(productId);
      default:
        return reply satisfies never;
    }
  }

  private counted(operation: CartOperation, userId: string, stored: StoredCart): Cart {
    this.metrics.count(operation, userId);
    const { cart, unreadable } = parseCart(userId, stored, this.config.currency);
    if (unreadable.length > 0) this.logger.warn({ message: 'A cart holds lines that are no JSON of ours', unreadable });
    return cart;
  }
}
