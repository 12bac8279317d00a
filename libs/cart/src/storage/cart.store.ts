import { Injectable } from '@nestjs/common';
import { InjectConfig, type CartConfig } from '#config';
import { decimalsOf, type Product } from '#kernel';
import { keys, reply } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { MAX_ATTRIBUTES, type Cart, type CartCount } from '../domain/cart.js';
import type { CustomizationChanges } from '../domain/customization.js';
import { productIdOf } from '../domain/line-id.js';
import type { CartDetails, CartDetailsChanges, LineChanges, Operation, ResolvedProduct } from '../domain/operation.js';
import type { WrittenCart } from '../domain/written.js';
import type { CartWrite } from '../write/cart-write.js';
import { cartKeys } from './cart-keys.js';
import { CartWriteStore } from './cart-write.store.js';
import { CartParser } from './cart.parser.js';
import { cartReplies } from './cart.replies.js';
import { cartScript } from './cart-script.js';
import { memberChanges } from './stored-customization.js';
import { productText } from './product-text.js';

const scripts = {
  add: cartScript('add'),
  update: cartScript('update'),
  changeLine: cartScript('change_line'),
  changeDetails: cartScript('change_cart'),
  replace: cartScript('replace_cart'),
  clear: cartScript('clear'),
  batch: cartScript('batch'),
  reprice: cartScript('reprice'),
  save: cartScript('save'),
  restore: cartScript('restore'),
  read: cartScript('read'),
  count: cartScript('count'),
};

/** The carts in Redis. Each operation is one script. Writes throw what rejects them, and all methods RedisUnavailableError. */
@Injectable()
export class CartStore {
  private readonly dataRule: string;

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('cart') config: CartConfig,
    private readonly writes: CartWriteStore,
    private readonly parser: CartParser,
  ) {
    this.dataRule = dataRuleOf(config);
  }

  async add(write: CartWrite, addition: ResolvedProduct): Promise<WrittenCart> {
    return this.writes.write('add', scripts.add, write, [...productArguments(addition), this.dataRule]);
  }

  async update(write: CartWrite, lineId: string, quantity: number): Promise<WrittenCart> {
    return this.writes.write('update', scripts.update, write, [lineId, quantity]);
  }

  async remove(write: CartWrite, lineId: string): Promise<WrittenCart> {
    return this.writes.write('remove', scripts.update, write, [lineId, 0]);
  }

  /** Changes a line, which then has the id `newLineId`. */
  async changeLine(
    write: CartWrite,
    lineId: string,
    newLineId: string,
    { quantity, customization }: LineChanges,
  ): Promise<WrittenCart> {
    const args = [lineId, newLineId, quantity ?? '', memberChanges(customization)];
    return this.writes.write('edit', scripts.changeLine, write, args);
  }

  async changeDetails(write: CartWrite, { note, attributes }: CartDetailsChanges): Promise<WrittenCart> {
    const changes = memberChanges(attributes ?? {});
    const args = [noteArgument(note), changes, MAX_ATTRIBUTES, attributes === null ? 'replace' : ''];
    return this.writes.write('edit', scripts.changeDetails, write, args);
  }

  async replace(
    write: CartWrite,
    products: readonly ResolvedProduct[],
    { note, attributes }: CartDetails,
  ): Promise<WrittenCart> {
    const details = [noteArgument(note), memberChanges(attributes), MAX_ATTRIBUTES];
    const args = [this.dataRule, ...details, ...products.flatMap(lineArguments)];
    return this.writes.write('replace', scripts.replace, write, args);
  }

  async clear(write: CartWrite): Promise<WrittenCart> {
    return this.writes.write('clear', scripts.clear, write, []);
  }

  async batch(write: CartWrite, operations: readonly Operation[]): Promise<WrittenCart> {
    return this.writes.write('batch', scripts.batch, write, [this.dataRule, ...operations.flatMap(operationArguments)]);
  }

  /** @param products the cached products that may be in the cart. */
  async reprice(write: CartWrite, products: ReadonlyMap<string, Product>): Promise<WrittenCart> {
    return this.writes.write('reprice', scripts.reprice, write, currentPriceArguments(products));
  }

  async save(write: CartWrite, lineId: string): Promise<WrittenCart> {
    return this.writes.write('save', scripts.save, write, [lineId]);
  }

  async restore(write: CartWrite, lineId: string): Promise<WrittenCart> {
    return this.writes.write('restore', scripts.restore, write, [lineId]);
  }

  async read(userId: string): Promise<Cart> {
    const { stored } = cartReplies.read.parse(await scripts.read.run(this.redis, cartKeys(userId), []));
    return this.parser.parse(userId, stored);
  }

  async productIds(userId: string): Promise<string[]> {
    const lineIds = await reply(this.redis.hkeys(keys.cart(userId)));
    return Array.from(new Set(lineIds.map(productIdOf)));
  }

  async count(userId: string): Promise<CartCount> {
    return cartReplies.count.parse(await scripts.count.run(this.redis, [keys.cart(userId)], []));
  }
}

/** Whether all products of a cart have to be in the product cache, as scripts take it. */
export function dataRuleOf({ pricePolicy }: CartConfig): string {
  return pricePolicy === 'catalog' ? 'required' : '';
}

/** Id, price with all decimals of its currency, data and currency of each product, in one array. */
export function currentPriceArguments(products: ReadonlyMap<string, Product>): (string | number)[] {
  return Array.from(products, ([id, product]) => [
    id,
    product.price.toFixed(decimalsOf(product.currency)),
    productText(product, 'catalog'),
    product.currency,
  ]).flat();
}

/** Line id, quantity, data and currency of a product, both `''` if there is no data, and what the shopper chose and wrote. */
function productArguments(
  { lineId, quantity, product, source, customization }: ResolvedProduct,
  changes: CustomizationChanges = customization,
): (string | number)[] {
  const data = product === undefined ? ['', ''] : [productText(product, source), product.currency];
  return [lineId, quantity, ...data, memberChanges(changes)];
}

/** The same for a line of a new cart, which has no other note than this one. */
function lineArguments(product: ResolvedProduct): (string | number)[] {
  return productArguments(product, { note: null, ...product.customization });
}

/** The six arguments of an operation, as `batch.lua` names them. */
function operationArguments(operation: Operation): (string | number)[] {
  switch (operation.op) {
    case 'add':
    case 'set':
      return [operation.op, ...productArguments(operation)];
    case 'update':
      return ['update', operation.lineId, operation.quantity, '', '', ''];
    case 'remove':
      return ['update', operation.lineId, 0, '', '', ''];
    case 'note':
      return ['note', operation.lineId, 0, '', '', memberChanges({ note: operation.note })];
    default:
      return [operation.op, operation.lineId, 0, '', '', ''];
  }
}

/** The note as JSON, `''` to remove it or `keep`. */
function noteArgument(note: string | null | undefined): string {
  if (note === undefined) return 'keep';
  return note === null ? '' : JSON.stringify(note);
}
