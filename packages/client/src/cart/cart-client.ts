import type { Api, CallOptions } from '../api/api.js';
import { asWrite, type WriteOptions } from '../api/write-options.js';
import { isProblem } from '../http/problem-error.js';
import type { CurrentUser } from '../tokens/current-user.js';
import type { CartFeed, UserEvent } from './cart-feed.js';
import type { CartEvent } from './cart-event.js';
import type * as types from './cart-types.js';
import type { FollowOptions } from './follow-options.js';

/** How often `edit` reads the cart again because another client has changed it in between. */
const MAX_EDITS = 5;

/**
 * The cart of the client's user. Every write has an `Idempotency-Key`, is retried if no response comes, and is applied once.
 * Each method returns the cart as it is after the write.
 */
export class CartClient {
  constructor(
    private readonly api: Api,
    private readonly feed: CartFeed,
  ) {}

  /** @param options with `ifNoneMatch`, an earlier result: the same object is returned if the cart has not changed. */
  async get({ signal, ifNoneMatch }: CallOptions & { readonly ifNoneMatch?: types.Cart } = {}): Promise<types.Cart> {
    return this.api.call('get', '/cart', { signal, ifNoneMatch });
  }

  async count({ signal }: CallOptions = {}): Promise<types.CartCount> {
    return this.api.call('get', '/cart/count', { signal });
  }

  /** Adds to the quantity of a product with these options. */
  async add(item: types.NewItem, options: WriteOptions = {}): Promise<types.Cart> {
    return this.api.call('post', '/cart/add', { ...asWrite(options), body: item });
  }

  /** @param quantity 0 removes the line. */
  async update(lineId: string, quantity: number, options: WriteOptions = {}): Promise<types.Cart> {
    return this.api.call('put', '/cart/update/{product_id}', {
      ...asWrite(options),
      path: { product_id: lineId },
      body: { quantity },
    });
  }

  async remove(lineId: string, options: WriteOptions = {}): Promise<types.Cart> {
    return this.api.call('delete', '/cart/remove/{product_id}', { ...asWrite(options), path: { product_id: lineId } });
  }

  async clear(options: WriteOptions = {}): Promise<types.Cart> {
    return this.api.call('delete', '/cart/clear', asWrite(options));
  }

  /** Applies up to 50 operations in their order: all or none. */
  async batch(operations: readonly types.Operation[], options: WriteOptions = {}): Promise<types.Cart> {
    return this.api.call('post', '/cart/batch', { ...asWrite(options), body: { operations: [...operations] } });
  }

  /**
   * Applies the operations that `plan` returns for the cart. If the cart has changed in between, `plan` gets the newer one.
   *
   * @param plan returns the operations; without any, the cart stays as it is.
   * @throws ProblemError `version_mismatch` if the cart changed in between five times in a row.
   */
  async edit(
    plan: (cart: types.Cart) => readonly types.Operation[] | Promise<readonly types.Operation[]>,
    { signal }: CallOptions = {},
  ): Promise<types.Cart> {
    for (let edits = 1; ; edits += 1) {
      const cart = await this.get({ signal });
      const operations = await plan(cart);
      if (operations.length === 0) return cart;
      try {
        return await this.batch(operations, { signal, ifMatch: cart });
      } catch (error) {
        if (edits >= MAX_EDITS || !isProblem(error, 'version_mismatch')) throw error;
      }
    }
  }

  /** Changes the quantity, options or note of a line. */
  async changeLine(lineId: string, changes: types.LineChanges, options: WriteOptions = {}): Promise<types.Cart> {
    return this.api.call('patch', '/cart/lines/{line_id}', {
      ...asWrite(options),
      path: { line_id: lineId },
      body: changes,
    });
  }

  /** Changes the cart's own note and attributes; null removes them. */
  async change(changes: types.CartChanges, options: WriteOptions = {}): Promise<types.Cart> {
    return this.api.call('patch', '/cart', { ...asWrite(options), body: changes });
  }

  /** Replaces all lines, and the note and attributes. */
  async replace(contents: types.CartContents, options: WriteOptions = {}): Promise<types.Cart> {
    return this.api.call('put', '/cart', { ...asWrite(options), body: contents });
  }

  /** Applies the current prices of the product cache. */
  async reprice(options: WriteOptions = {}): Promise<types.Cart> {
    return this.api.call('post', '/cart/reprice', asWrite(options));
  }

  /** Moves a line to the saved lines. */
  async save(lineId: string, options: WriteOptions = {}): Promise<types.Cart> {
    return this.api.call('post', '/cart/save/{product_id}', { ...asWrite(options), path: { product_id: lineId } });
  }

  /** Moves a saved line back into the cart. */
  async restore(lineId: string, options: WriteOptions = {}): Promise<types.Cart> {
    return this.api.call('post', '/cart/restore/{product_id}', { ...asWrite(options), path: { product_id: lineId } });
  }

  /** Merges the cart of a guest into the user's. `auth.signIn` does this automatically. */
  async merge(merge: types.Merge, options: WriteOptions = {}): Promise<types.MergeResult> {
    return this.api.call('post', '/cart/merge', { ...asWrite(options), body: merge });
  }

  /**
   * The changes of the cart as they happen, from any tab and device: `for await (const event of cart.follow()) …`. It reconnects
   * automatically, with a valid token, and misses nothing; `sync` says when to read the cart. After a sign-in or sign-out, here or
   * in another tab, it continues with a `sync` of the next user's cart. It ends with its signal.
   */
  async *follow(options: FollowOptions = {}): AsyncGenerator<CartEvent, void> {
    for await (const { event } of this.feed.follow(options)) yield event;
  }

  /**
   * The cart now, and again after every change, and when someone signs in or out, here or in another tab: then it is the next
   * user's. Changes that come while it is being read are read together.
   */
  async *live(options: FollowOptions = {}): AsyncGenerator<types.Cart, void> {
    let known: (UserEvent & { readonly cart: types.Cart }) | undefined;
    for await (const { event, user } of this.feed.follow(options)) {
      if (known?.user === user && known.event.life === event.life && event.version <= known.cart.version) continue;
      const cart = await this.readFor(user, options);
      if (cart === undefined) continue;
      known = { event, user, cart };
      yield cart;
    }
  }

  /** Undefined if the user leaves meanwhile: it may be either cart, and the feed goes on with the next user's. */
  private async readFor(user: CurrentUser, { signal }: CallOptions): Promise<types.Cart | undefined> {
    try {
      const cart = await this.get({ signal });
      return user.hasLeft() ? undefined : cart;
    } catch (error) {
      if (user.hasLeft()) return undefined;
      throw error;
    }
  }
}
