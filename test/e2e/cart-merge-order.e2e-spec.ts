import fc from 'fast-check';
import { CartClient } from '../support/cart-client.js';
import { guestOf, type GuestClient } from '../support/guest-client.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const MAX_QUANTITY = 1000;
const SIZES = ['S', 'M', 'L'] as const;
type Size = (typeof SIZES)[number];
/** How many of a shirt, by its size: each size is a line of the same product. */
type Shirts = Readonly<Partial<Record<Size, number>>>;

interface Row {
  readonly clamped: boolean;
}

let pairs = 0;
function meet(): { user: CartClient; guest: GuestClient } {
  pairs += 1;
  return { user: new CartClient(api.http, `order-${pairs}`), guest: guestOf(api.http, `guest_order-${pairs}`) };
}

/** Puts shirts into a cart, in the order of `sizes`. */
async function fill(cart: CartClient, shirts: Shirts, sizes: readonly Size[]): Promise<void> {
  const operations = sizes.flatMap((size) => {
    const quantity = shirts[size] ?? 0;
    return quantity === 0 ? [] : [{ op: 'add', product_id: 'shirt', quantity, options: { size } }];
  });
  if (operations.length > 0) await cart.batch(...operations).expect(200);
}

interface Outcome {
  readonly shirts: Shirts;
  readonly rows: readonly Row[];
}

async function mergedShirts(users: Shirts, guests: Shirts, sizes: readonly Size[], strategy: string): Promise<Outcome> {
  const { user, guest } = meet();
  await fill(user, users, SIZES);
  await fill(guest, guests, sizes);
  const { body } = await user.merge(guest.token, strategy).expect(200);
  const items: { options: { size: Size }; quantity: number }[] = body.cart.items;
  return {
    shirts: Object.fromEntries(items.map(({ options, quantity }) => [options.size, quantity])),
    rows: body.report,
  };
}

const total = (shirts: Shirts): number => Object.values(shirts).reduce((sum, quantity) => sum + quantity, 0);

it('a line that shrinks makes room for another of its product, whichever the guest added first', async () => {
  for (const sizes of [['S', 'M'] as const, ['M', 'S'] as const]) {
    const { shirts, rows } = await mergedShirts({ S: 100, M: 900 }, { S: 900, M: 100 }, sizes, 'guest_wins');
    expect(shirts).toEqual({ S: 900, M: 100 });
    expect(rows.some(({ clamped }) => clamped)).toBe(false);
  }
});

describe('in any order of the guest’s lines, a merge', () => {
  const shirts = fc
    .record({ S: fc.nat(MAX_QUANTITY), M: fc.nat(MAX_QUANTITY), L: fc.nat(MAX_QUANTITY) })
    .filter((drawn) => total(drawn) <= MAX_QUANTITY);
  const orders = fc.shuffledSubarray([...SIZES], { minLength: SIZES.length });
  const QUANTITIES: Readonly<Record<string, (user: number, guest: number) => number>> = {
    sum: (user, guest) => user + guest,
    max: Math.max,
    guest_wins: (user, guest) => (guest > 0 ? guest : user),
  };

  it.each(Object.entries(QUANTITIES))(
    'with %s takes all that fits, and clamps no more than it has to',
    async (strategy, of) => {
      await fc.assert(
        fc.asyncProperty(shirts, shirts, orders, async (users, guests, sizes) => {
          const wanted = Object.fromEntries(SIZES.map((size) => [size, of(users[size], guests[size])]));
          const merged = await mergedShirts(users, guests, sizes, strategy);
          expect(total(merged.shirts)).toBe(Math.min(total(wanted), MAX_QUANTITY));
          expect(merged.rows.some(({ clamped }) => clamped)).toBe(total(wanted) > MAX_QUANTITY);
          if (total(wanted) <= MAX_QUANTITY) {
            expect(SIZES.map((size) => merged.shirts[size] ?? 0)).toEqual(SIZES.map((size) => wanted[size]));
          }
        }),
        { numRuns: 40 },
      );
    },
  );
});
