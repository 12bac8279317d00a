import { ModelCart, Refused, sameDetails, totalOf, type ModelDetails, type ModelProduct } from './model-cart.js';
import { CheckoutLists, checkoutView, supersede, takeOrder, unchanged, type ModelCheckout } from './model-checkouts.js';
import { merge, type MergeRow, type Strategy } from './model-merge.js';
import {
  carryOut,
  edit,
  hasChanged,
  joinedBy,
  putInstead,
  reprice,
  type Addition,
  type Edit,
  type Operation,
} from './model-operations.js';
import { detailsOf, viewOf } from './model-view.js';

/** The expected response to a request; a body is compared without its times. */
export interface Expected {
  readonly status: number;
  readonly code?: string;
  /** Of the rejected operation of a batch. */
  readonly index?: number;
  /** Of the cart in the response. */
  readonly version?: number;
  readonly isReplay?: boolean;
  readonly body?: unknown;
}

const STATUS: Readonly<Record<string, number>> = { cart_item_not_found: 404, checkout_not_found: 404 };

/** All carts and the product cache. Every operation returns the expected response, and takes effect unless it is rejected. */
export class ModelWorld {
  readonly checkouts = new CheckoutLists();
  private readonly catalogue = new Map<string, ModelProduct>();
  private readonly carts = new Map<string, ModelCart>();

  constructor(private readonly now: () => number) {}

  cartOf(userId: string): ModelCart {
    const cart = this.carts.get(userId) ?? new ModelCart();
    this.carts.set(userId, cart);
    return cart;
  }

  /** Returns the expected response to an operation on carts and checkouts, without applying it. */
  dry(operation: () => Expected): Expected {
    const before = new Map(this.carts);
    const restoreCheckouts = this.checkouts.remember();
    const { status, code, index, isReplay, body } = operation();
    restoreCheckouts();
    this.carts.clear();
    for (const [userId, cart] of before) this.carts.set(userId, cart);
    return {
      status,
      body,
      ...(code !== undefined && { code }),
      ...(index !== undefined && { index }),
      ...(isReplay !== undefined && { isReplay }),
    };
  }

  get(userId: string): Expected {
    const cart = this.cartOf(userId);
    return { status: 200, version: cart.version, body: viewOf(userId, cart, this.catalogue) };
  }

  count(userId: string): Expected {
    const { lines } = this.cartOf(userId);
    return { status: 200, body: { count: totalOf(lines), unique_items: lines.size } };
  }

  cache(productId: string, product: ModelProduct): Expected {
    this.catalogue.set(productId, product);
    const { price, ...rest } = product;
    return { status: 200, body: { product_id: productId, price: price / 100, ...rest } };
  }

  operate(userId: string, operation: Operation): Expected {
    return this.write(userId, (cart) => {
      carryOut(cart, this.catalogue, operation);
      return true;
    });
  }

  edit(userId: string, change: Edit): Expected {
    const joined = joinedBy(change, this.cartOf(userId));
    const apply = (cart: ModelCart): boolean => {
      edit(cart, change);
      return true;
    };
    return this.write(userId, apply, joined);
  }

  /** @param changes to the attributes; null removes one. */
  describe(userId: string, note: string | null, changes: Readonly<Record<string, string | null>>): Expected {
    return this.write(userId, (cart) => {
      const { note: noteBefore, attributes } = cart;
      const changed = Object.entries({ ...attributes, ...changes });
      cart.note = note;
      cart.attributes = Object.fromEntries(changed.filter((entry): entry is [string, string] => entry[1] !== null));
      return !sameDetails(cart, { note: noteBefore, attributes });
    });
  }

  replace(userId: string, additions: readonly Addition[], details: ModelDetails): Expected {
    return this.write(userId, (cart) => {
      const before = cart.copy();
      cart.lines = new Map();
      eachInTurn(additions, (addition) => {
        putInstead(cart, this.catalogue, addition, before);
      });
      cart.note = details.note;
      cart.attributes = details.attributes;
      return additions.length > 0 || before.lines.size > 0 || !sameDetails(cart, before);
    });
  }

  batch(userId: string, operations: readonly Operation[]): Expected {
    return this.write(userId, (cart) => {
      eachInTurn(operations, (operation) => {
        carryOut(cart, this.catalogue, operation);
      });
      return hasChanged(cart, this.cartOf(userId), operations);
    });
  }

  clear(userId: string): Expected {
    return this.write(userId, (cart) => {
      const hadAny = cart.lines.size > 0 || !sameDetails(cart, NO_DETAILS);
      cart.lines.clear();
      Object.assign(cart, NO_DETAILS);
      return hadAny;
    });
  }

  reprice(userId: string): Expected {
    return this.write(userId, (cart) => reprice(cart, this.catalogue).length > 0);
  }

  merge(userId: string, guestId: string, strategy: Strategy): Expected {
    const guest = this.cartOf(guestId).copy();
    let merged: { report: MergeRow[]; notTaken: ModelDetails } = { report: [], notTaken: NO_DETAILS };
    const written = this.write(userId, (cart) => {
      const { changed, ...rest } = merge(cart, guest, this.catalogue, strategy);
      merged = rest;
      return changed;
    });
    this.write(guestId, (cart) => {
      const took = cart.lines.size + cart.saved.size > guest.lines.size + guest.saved.size;
      const hadDetails = !sameDetails(cart, NO_DETAILS);
      cart.lines = guest.lines;
      cart.saved = guest.saved;
      Object.assign(cart, NO_DETAILS);
      return took || hadDetails;
    });
    this.checkouts.move(guestId, userId);
    const notTaken = detailsOf(merged.notTaken);
    const left = Object.keys(notTaken).length > 0 && { not_taken: notTaken };
    const { messages, ...cart } = viewOf(userId, this.cartOf(userId));
    const clamped = merged.report.filter((row) => row.clamped).map(({ line_id }) => ({ code: 'clamped', line_id }));
    const all = [...(Array.isArray(messages) ? messages : []), ...clamped];
    return { ...written, body: { cart: { ...cart, messages: all }, report: merged.report, ...left } };
  }

  /** @returns also the checkout, which still needs its id if it is new. */
  checkout(userId: string, accept: boolean): { expected: Expected; checkout?: ModelCheckout } {
    const expected = this.write(userId, (cart) => {
      if (cart.lines.size === 0) throw new Refused('cart_empty');
      const changed = reprice(cart, this.catalogue);
      if (changed.length > 0 && !accept) throw new Refused('price_changed');
      if ([...cart.lines.values()].some(({ price }) => price === null)) throw new Refused('unpriced_items');
      return changed.length > 0;
    });
    if (expected.status !== 200) return { expected };
    const cart = this.cartOf(userId);
    const open = unchanged(this.checkouts.of(userId), cart);
    if (open) {
      supersede(this.checkouts.openOf(userId), open);
      return { expected: { status: 200, body: checkoutView(open) } };
    }
    const { lines, currency, version, note, attributes } = cart;
    const checkout: ModelCheckout = { id: '', userId, lines: new Map(lines), currency, version, note, attributes };
    supersede(this.checkouts.openOf(userId), checkout);
    this.checkouts.of(userId).push(checkout);
    return { expected: { status: 201, body: checkoutView(checkout) }, checkout };
  }

  complete(checkout: ModelCheckout | undefined, orderId: string): Expected {
    if (checkout === undefined || (checkout.orderId ?? orderId) !== orderId) return refusal('checkout_not_found');
    const isReplay = checkout.orderId !== undefined;
    if (!isReplay) this.write(checkout.userId, (cart) => takeOrder(cart, checkout));
    checkout.orderId = orderId;
    return { status: 200, isReplay, body: checkoutView(checkout) };
  }

  getCheckout(checkout: ModelCheckout | undefined): Expected {
    if (checkout === undefined) return refusal('checkout_not_found');
    return { status: 200, body: checkoutView(checkout) };
  }

  abandon(checkout: ModelCheckout | undefined): Expected {
    if (checkout === undefined || checkout.orderId !== undefined) return refusal('checkout_not_found');
    this.checkouts.remove(checkout);
    return { status: 204 };
  }

  /** Makes a change on a copy; `change` returns whether it increments the version. */
  private write(userId: string, change: (cart: ModelCart) => boolean, joined?: string): Expected {
    const cart = this.cartOf(userId).copy();
    cart.begin(this.now());
    try {
      if (change(cart)) {
        cart.commit();
        this.carts.set(userId, cart);
      }
    } catch (error) {
      if (error instanceof Refused) return refusal(error.code, error.index);
      throw error;
    }
    const written = this.cartOf(userId);
    return { status: 200, version: written.version, body: viewOf(userId, written, undefined, joined) };
  }
}

const NO_DETAILS: ModelDetails = { note: null, attributes: {} };

function refusal(code: string, index?: number): Expected {
  return { status: STATUS[code] ?? 409, code, ...(index !== undefined && { index }) };
}

/** Applies each operation of a list; a rejection gets its index. */
function eachInTurn<T>(list: readonly T[], action: (each: T) => void): void {
  list.forEach((each, index) => {
    try {
      action(each);
    } catch (error) {
      throw error instanceof Refused ? new Refused(error.code, index) : error;
    }
  });
}
