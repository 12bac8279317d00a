import { inOrder, ModelCart, Refused, type ModelLine, type ModelProduct } from './model-cart.js';
import { merge, type MergeRow, type Strategy } from './model-merge.js';
import { add, carryOut, reprice, restore, save, setQuantity, type Operation } from './model-operations.js';
import { itemOf, totalsOf, viewOf } from './model-view.js';

/** What a request should be answered with; a body is compared without its times. */
export interface Expected {
  readonly status: number;
  readonly code?: string;
  /** Of the refused operation of a batch. */
  readonly index?: number;
  /** Of the cart that is answered. */
  readonly version?: number;
  readonly isReplay?: boolean;
  readonly body?: unknown;
}

export interface ModelCheckout {
  /** As the service named it. */
  id: string;
  readonly lines: ReadonlyMap<string, ModelLine>;
  readonly currency: string;
  readonly version: number;
  orderId?: string;
}

const MAX_CHECKOUTS = 10;
const STATUS: Readonly<Record<string, number>> = { cart_item_not_found: 404, checkout_not_found: 404 };

/** All carts and the product cache. Every operation says what is to be answered, and happens unless it is refused. */
export class ModelWorld {
  private readonly catalogue = new Map<string, ModelProduct>();
  private readonly carts = new Map<string, ModelCart>();
  private readonly checkouts = new Map<string, ModelCheckout[]>();

  constructor(private readonly now: () => number) {}

  cartOf(userId: string): ModelCart {
    const cart = this.carts.get(userId) ?? new ModelCart();
    this.carts.set(userId, cart);
    return cart;
  }

  checkoutsOf(userId: string): ModelCheckout[] {
    const list = this.checkouts.get(userId) ?? [];
    this.checkouts.set(userId, list);
    return list;
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
      if (operation.op === 'add') add(cart, this.catalogue, operation);
      else setQuantity(cart, operation.productId, operation.op === 'update' ? operation.quantity : 0);
      return true;
    });
  }

  batch(userId: string, operations: readonly Operation[]): Expected {
    return this.write(userId, (cart) => {
      operations.forEach((operation, index) => {
        try {
          carryOut(cart, this.catalogue, operation);
        } catch (error) {
          throw error instanceof Refused ? new Refused(error.code, index) : error;
        }
      });
      return (
        JSON.stringify([...cart.lines]) !== JSON.stringify([...this.cartOf(userId).lines]) ||
        touches(operations, this.cartOf(userId))
      );
    });
  }

  clear(userId: string): Expected {
    return this.write(userId, (cart) => {
      const hadLines = cart.lines.size > 0;
      cart.lines.clear();
      return hadLines;
    });
  }

  save(userId: string, productId: string): Expected {
    return this.write(userId, (cart) => {
      save(cart, productId);
      return true;
    });
  }

  restore(userId: string, productId: string): Expected {
    return this.write(userId, (cart) => {
      restore(cart, productId);
      return true;
    });
  }

  reprice(userId: string): Expected {
    return this.write(userId, (cart) => reprice(cart, this.catalogue).length > 0);
  }

  merge(userId: string, guestId: string, strategy: Strategy): Expected {
    const guest = this.cartOf(guestId);
    let report: MergeRow[] = [];
    const written = this.write(userId, (cart) => {
      const merged = merge(cart, guest, this.catalogue, strategy);
      ({ report } = merged);
      return merged.changed;
    });
    this.write(guestId, (cart) => {
      const hadAny = cart.lines.size + cart.saved.size > 0;
      cart.lines.clear();
      cart.saved.clear();
      return hadAny;
    });
    return { ...written, body: { cart: written.body, report } };
  }

  /** @returns also the checkout, which still wants its id. */
  checkout(userId: string, accept: boolean): { expected: Expected; checkout?: ModelCheckout } {
    const expected = this.write(userId, (cart) => {
      if (cart.lines.size === 0) throw new Refused('cart_empty');
      const changed = reprice(cart, this.catalogue);
      if (changed.length > 0 && !accept) throw new Refused('price_changed');
      if ([...cart.lines.values()].some(({ price }) => price === null)) throw new Refused('unpriced_items');
      return changed.length > 0;
    });
    if (expected.status !== 200) return { expected };
    const { lines, currency, version } = this.cartOf(userId);
    const checkout = { id: '', lines: new Map(lines), currency, version };
    this.checkoutsOf(userId).push(checkout);
    this.checkoutsOf(userId).splice(0, Math.max(0, this.checkoutsOf(userId).length - MAX_CHECKOUTS));
    return { expected: { status: 201, body: checkoutView(userId, checkout) }, checkout };
  }

  complete(userId: string, checkout: ModelCheckout | undefined, orderId: string): Expected {
    if (checkout === undefined || (checkout.orderId ?? orderId) !== orderId) return refusal('checkout_not_found');
    const isReplay = checkout.orderId !== undefined;
    if (!isReplay) {
      this.write(userId, (cart) => {
        const before = totalOf(cart.lines);
        for (const [id, { quantity }] of checkout.lines) {
          const left = (cart.lines.get(id)?.quantity ?? 0) - quantity;
          if (left > 0) setQuantity(cart, id, left);
          else cart.lines.delete(id);
        }
        return totalOf(cart.lines) !== before;
      });
    }
    checkout.orderId = orderId;
    return { status: 200, isReplay, body: checkoutView(userId, checkout) };
  }

  getCheckout(userId: string, checkout: ModelCheckout | undefined): Expected {
    if (checkout === undefined) return refusal('checkout_not_found');
    return { status: 200, body: checkoutView(userId, checkout) };
  }

  abandon(userId: string, checkout: ModelCheckout | undefined): Expected {
    if (checkout === undefined || checkout.orderId !== undefined) return refusal('checkout_not_found');
    this.checkoutsOf(userId).splice(this.checkoutsOf(userId).indexOf(checkout), 1);
    return { status: 204 };
  }

  /** Makes a change on a copy; `change` says whether it is a step of the version. */
  private write(userId: string, change: (cart: ModelCart) => boolean): Expected {
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
    return { status: 200, version: written.version, body: viewOf(userId, written) };
  }
}

function checkoutView(userId: string, { lines, currency, version, orderId }: ModelCheckout): object {
  const items = inOrder(lines).map((id) => itemOf(id, lines.get(id)));
  const status = orderId === undefined ? 'open' : 'completed';
  return {
    user_id: userId,
    status,
    ...(orderId && { order_id: orderId }),
    items,
    ...totalsOf(lines),
    currency,
    version,
  };
}

function refusal(code: string, index?: number): Expected {
  return { status: STATUS[code] ?? 409, code, ...(index !== undefined && { index }) };
}

function totalOf(lines: ModelCart['lines']): number {
  return [...lines.values()].reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Whether any operation met a line that was there before: its time of change is another one then. */
function touches(operations: readonly Operation[], before: ModelCart): boolean {
  return operations.some(({ productId }) => before.lines.has(productId));
}
