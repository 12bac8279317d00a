import {
  inOrder,
  sameDetails,
  totalOf,
  type ModelAttributes,
  type ModelCart,
  type ModelDetails,
  type ModelLine,
} from './model-cart.js';
import { detailsOf, itemOf, totalsOf } from './model-view.js';

export interface ModelCheckout {
  /** The id that the service gave it. */
  id: string;
  /** The owner; a guest's checkout moves with the cart when that is merged. */
  userId: string;
  readonly lines: ReadonlyMap<string, ModelLine>;
  readonly currency: string;
  readonly version: number;
  readonly note: string | null;
  readonly attributes: ModelAttributes;
  /** Whether it was the guest's. It is then not a checkout of the user's current cart. */
  isMoved?: boolean;
  supersededBy?: ModelCheckout;
  orderId?: string;
  taken?: ReadonlyMap<string, number>;
}

/** What nothing has happened to yet. */
const UNCHANGED = { isMoved: undefined, supersededBy: undefined, orderId: undefined, taken: undefined };

/** The open checkout of exactly this cart. */
export function unchanged(checkouts: readonly ModelCheckout[], { version }: ModelCart): ModelCheckout | undefined {
  return checkouts.find(
    ({ orderId, supersededBy, isMoved, version: at }) =>
      orderId === undefined && supersededBy === undefined && isMoved !== true && at === version,
  );
}

/** Marks all others as superseded by this one. */
export function supersede(open: readonly ModelCheckout[], current: ModelCheckout): void {
  for (const other of open) {
    if (other !== current) other.supersededBy ??= current;
  }
}

/** A checkout in a response, without its id and times. */
export function checkoutView(checkout: ModelCheckout): object {
  const { userId, lines, currency, version, orderId, supersededBy, taken, note, attributes } = checkout;
  const items = inOrder(lines).map((id) => {
    const ordered = lines.get(id)?.quantity ?? 0;
    const found = taken?.get(id) ?? 0;
    return { ...itemOf(id, lines.get(id)), ...(taken && { ordered, taken: found, missing: ordered - found }) };
  });
  return {
    user_id: userId,
    status: orderId !== undefined ? 'completed' : supersededBy ? 'superseded' : 'open',
    ...(orderId && { order_id: orderId }),
    ...(supersededBy && { superseded_by: supersededBy.id }),
    items,
    ...totalsOf(lines),
    ...detailsOf({ note, attributes }),
    currency,
    version,
  };
}

/** The checkouts of all users. */
export class CheckoutLists {
  private readonly lists = new Map<string, ModelCheckout[]>();
  private readonly moved = new Map<string, ModelCheckout>();

  /** Remembers all checkouts as they are. @returns puts them back. */
  remember(): () => void {
    const lists = [...this.lists].map(([userId, list]): [string, ModelCheckout[]] => [userId, [...list]]);
    const moved = [...this.moved];
    const states = lists.flatMap(([, list]) =>
      list.map((checkout) => ({ checkout, state: { ...UNCHANGED, ...checkout } })),
    );
    return () => {
      this.lists.clear();
      this.moved.clear();
      for (const [userId, list] of lists) this.lists.set(userId, list);
      for (const [name, checkout] of moved) this.moved.set(name, checkout);
      for (const { checkout, state } of states) Object.assign(checkout, state);
    };
  }

  of(userId: string): ModelCheckout[] {
    const list = this.lists.get(userId) ?? [];
    this.lists.set(userId, list);
    return list;
  }

  openOf(userId: string): ModelCheckout[] {
    return this.of(userId).filter(({ orderId }) => orderId === undefined);
  }

  /** A checkout that moved from the guest to a user, who has not abandoned it since. */
  movedFrom(guestId: string, id: string): ModelCheckout | undefined {
    const checkout = this.moved.get(`${guestId} ${id}`);
    return checkout && this.of(checkout.userId).find((each) => each === checkout);
  }

  remove(checkout: ModelCheckout): void {
    const rest = this.of(checkout.userId).filter((each) => each !== checkout);
    this.lists.set(checkout.userId, rest);
  }

  /** A guest's open checkouts become the user's, whose own current one stays the current one. */
  move(guestId: string, userId: string): void {
    for (const checkout of this.openOf(guestId)) {
      this.remove(checkout);
      const current = this.openOf(userId).findLast(({ supersededBy }) => supersededBy === undefined);
      if (current) checkout.supersededBy ??= current;
      checkout.userId = userId;
      checkout.isMoved = true;
      this.moved.set(`${guestId} ${checkout.id}`, checkout);
      this.of(userId).push(checkout);
    }
  }
}

/** Removes the ordered items that are still in the cart. @returns whether that changes the cart. */
export function takeOrder(cart: ModelCart, checkout: ModelCheckout): boolean {
  const taken = new Map<string, number>();
  const before = { total: totalOf(cart.lines), note: cart.note, attributes: cart.attributes };
  for (const [id, { quantity }] of checkout.lines) {
    const line = cart.lines.get(id);
    const present = line?.quantity ?? 0;
    taken.set(id, Math.min(present, quantity));
    if (line && present > quantity) cart.lines.set(id, { ...line, quantity: present - quantity });
    else cart.lines.delete(id);
  }
  if (cart.lines.size === 0) forgetOrdered(cart, checkout);
  checkout.taken = taken;
  return totalOf(cart.lines) !== before.total || !sameDetails(cart, before);
}

/** The note and the attributes that were frozen went with the order. */
function forgetOrdered(cart: ModelCart, { note, attributes }: ModelDetails): void {
  if (cart.note === note) cart.note = null;
  if (sameDetails({ note: null, attributes: cart.attributes }, { note: null, attributes })) cart.attributes = {};
}
