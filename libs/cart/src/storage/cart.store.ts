import { Injectable } from '@nestjs/common';
import { InjectConfig, type CartConfig } from '#config';
import { decimalsOf, type Product } from '#kernel';
import { keys, reply } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { cartReplies, type CountReply, type ReadReply, type WriteReply } from './cart.replies.js';
import { cartScripts } from './cart.scripts.js';
import type { Addition, Operation } from '../domain/operation.js';
import { productText } from './stored-line.js';
import type { CartWrite } from '../write/cart-write.js';
import { cartKeys, CartWriteStore } from './cart-write.store.js';

/** The carts in Redis: each operation is one script. All of them throw RedisUnavailableError. */
@Injectable()
export class CartStore {
  /** What `add.lua` and `batch.lua` are told of products that no one describes. */
  private readonly dataRule: string;

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('cart') config: CartConfig,
    private readonly writes: CartWriteStore,
  ) {
    this.dataRule = config.pricePolicy === 'catalog' ? 'required' : '';
  }

  async add(write: CartWrite, addition: Addition): Promise<WriteReply> {
    const args = [addition.productId, addition.quantity, ...describe(addition), this.dataRule];
    return cartReplies.write.parse(await this.writes.run(cartScripts.add, write, args));
  }

  async update(write: CartWrite, productId: string, quantity: number): Promise<WriteReply> {
    return cartReplies.write.parse(await this.writes.run(cartScripts.update, write, [productId, quantity]));
  }

  async clear(write: CartWrite): Promise<WriteReply> {
    return cartReplies.write.parse(await this.writes.run(cartScripts.clear, write, []));
  }

  async batch(write: CartWrite, operations: readonly Operation[]): Promise<WriteReply> {
    const args = operations.flatMap(argumentsOf);
    return cartReplies.write.parse(await this.writes.run(cartScripts.batch, write, [this.dataRule, ...args]));
  }

  /** @param products those of the catalogue that the cart may hold. */
  async reprice(write: CartWrite, products: ReadonlyMap<string, Product>): Promise<WriteReply> {
    return cartReplies.write.parse(await this.writes.run(cartScripts.reprice, write, catalogueArguments(products)));
  }

  async save(write: CartWrite, productId: string): Promise<WriteReply> {
    return cartReplies.write.parse(await this.writes.run(cartScripts.save, write, [productId]));
  }

  async restore(write: CartWrite, productId: string): Promise<WriteReply> {
    return cartReplies.write.parse(await this.writes.run(cartScripts.restore, write, [productId]));
  }

  async read(userId: string): Promise<ReadReply> {
    return cartReplies.read.parse(await cartScripts.read.run(this.redis, cartKeys(userId), []));
  }

  async productIds(userId: string): Promise<string[]> {
    return reply(this.redis.hkeys(keys.cart(userId)));
  }

  async count(userId: string): Promise<CountReply> {
    return cartReplies.count.parse(await cartScripts.count.run(this.redis, [keys.cart(userId)], []));
  }
}

/** Id, price with all decimals of its currency, data and currency of each product, in one array. */
export function catalogueArguments(products: ReadonlyMap<string, Product>): (string | number)[] {
  return Array.from(products, ([id, product]) => [
    id,
    product.price.toFixed(decimalsOf(product.currency)),
    productText(product, 'catalog'),
    product.currency,
  ]).flat();
}

/** Data and currency of a product, both `''` if no one knows it. */
function describe({ product, source }: Addition): [data: string, currency: string] {
  return product === undefined ? ['', ''] : [productText(product, source), product.currency];
}

function argumentsOf(operation: Operation): (string | number)[] {
  switch (operation.op) {
    case 'add':
      return ['add', operation.productId, operation.quantity, ...describe(operation)];
    case 'update':
      return ['update', operation.productId, operation.quantity, '', ''];
    case 'remove':
      return ['remove', operation.productId, 0, '', ''];
  }
}
