import fc from 'fast-check';
import type { Response } from 'supertest';
import { CartClient, quantitiesOf } from '../support/cart-client.js';
import { guestOf, type GuestClient } from '../support/guest-client.js';
import { useTestApp } from '../support/use-test-app.js';

const MAX_LINES = 4;
const api = useTestApp({ CART_MAX_LINES: String(MAX_LINES) });
const RUNS = { numRuns: 60 };

type Quantities = Readonly<Record<string, number>>;
interface Row {
  readonly product_id: string;
  readonly guest_quantity: number;
  readonly user_quantity: number;
  readonly quantity: number;
  readonly clamped: boolean;
}

/** A cart within the limits, of few products so that two carts often share some. */
const quantity = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 400, max: 1000 }));
const cart = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), quantity, { maxKeys: MAX_LINES });
const strategy = fc.constantFrom('sum', 'max', 'keep_user', 'keep_guest');

let runs = 0;
/** A user and a guest of this run's own with the carts given. */
async function meet(users: Quantities, guests: Quantities): Promise<{ user: CartClient; guest: GuestClient }> {
  runs += 1;
  const user = new CartClient(api.http, `algebra-${runs}`);
  const guest = guestOf(api.http, `guest_algebra-${runs}`);
  await fill(user, users);
  await fill(guest, guests);
  return { user, guest };
}

async function fill(client: CartClient, quantities: Quantities): Promise<void> {
  for (const [productId, count] of Object.entries(quantities)) await client.add(productId, count).expect(200);
}

const rowsOf = ({ body }: Response): Row[] => body.report;
const cartOf = ({ body }: Response): Record<string, number> => quantitiesOf(body.cart);

describe('merging', () => {
  it('the same guest again changes nothing, with any strategy', async () => {
    await fc.assert(
      fc.asyncProperty(cart, cart, strategy, strategy, async (users, guests, first, second) => {
        const { user, guest } = await meet(users, guests);
        const merged = await user.merge(guest.token, first).expect(200);
        const again = await user.merge(guest.token, second).expect(200);
        // Only the merge that clamped says so.
        expect(again.body).toEqual({ cart: { ...merged.body.cart, messages: again.body.cart.messages }, report: [] });
        expect(again.body.cart.messages.some(({ code }: { code: string }) => code === 'clamped')).toBe(false);
      }),
      RUNS,
    );
  });

  it('with sum loses nothing that is not reported as clamped, and adds nothing', async () => {
    await fc.assert(
      fc.asyncProperty(cart, cart, async (users, guests) => {
        const { user, guest } = await meet(users, guests);
        const merged = await user.merge(guest.token, 'sum').expect(200);
        const clamped = new Set(rowsOf(merged).flatMap((row) => (row.clamped ? [row.product_id] : [])));
        for (const productId of Object.keys({ ...users, ...guests })) {
          const both = (users[productId] ?? 0) + (guests[productId] ?? 0);
          const now = cartOf(merged)[productId] ?? 0;
          if (clamped.has(productId)) expect(now).toBeLessThan(both);
          else expect(now).toBe(both);
          expect(now).toBeGreaterThanOrEqual(users[productId] ?? 0);
        }
      }),
      RUNS,
    );
  });

  it('with max is commutative in quantities if all lines fit', async () => {
    const few = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), quantity);
    await fc.assert(
      fc.asyncProperty(few, few, async (left, right) => {
        const one = await meet(left, right);
        const other = await meet(right, left);
        const oneWay = cartOf(await one.user.merge(one.guest.token, 'max').expect(200));
        expect(cartOf(await other.user.merge(other.guest.token, 'max').expect(200))).toEqual(oneWay);
      }),
      RUNS,
    );
  });

  it('with keep_user leaves the user’s cart, with keep_guest the guest’s if there is one', async () => {
    await fc.assert(
      fc.asyncProperty(cart, cart, async (users, guests) => {
        const one = await meet(users, guests);
        expect(cartOf(await one.user.merge(one.guest.token, 'keep_user').expect(200))).toEqual(users);
        const other = await meet(users, guests);
        const kept = cartOf(await other.user.merge(other.guest.token, 'keep_guest').expect(200));
        expect(kept).toEqual(Object.keys(guests).length === 0 ? users : guests);
      }),
      RUNS,
    );
  });

  it('reports each of the guest’s lines once, consistent with the carts before and after', async () => {
    await fc.assert(
      fc.asyncProperty(cart, cart, strategy, async (users, guests, how) => {
        const { user, guest } = await meet(users, guests);
        const merged = await user.merge(guest.token, how).expect(200);
        const rows = rowsOf(merged);
        const reported = rows.filter((row) => row.guest_quantity > 0).map((row) => row.product_id);
        expect(reported).toEqual(Object.keys(guests));
        for (const row of rows) {
          expect([row.guest_quantity, row.user_quantity, row.quantity]).toEqual(
            [guests, users, cartOf(merged)].map((quantities) => quantities[row.product_id] ?? 0),
          );
        }
        expect(Object.keys(cartOf(merged)).length).toBeLessThanOrEqual(MAX_LINES);
        expect(Math.max(0, ...Object.values(cartOf(merged)))).toBeLessThanOrEqual(1000);
        expect((await guest.get()).body.items).toEqual([]);
      }),
      RUNS,
    );
  });
});
