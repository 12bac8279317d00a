import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import * as z from 'zod';
import { TestRedis } from '../../../../test/support/test-redis.js';
import { MERGE_STRATEGIES, type MergeStrategy } from '../domain/merge.js';

const STRATEGIES = readFileSync(join(__dirname, '../storage/lua/lib/strategies.lua'), 'utf8');
/** The quantities after a merge of many pairs of quantities. */
const RUN = `${STRATEGIES}
  local carts = { user_is_empty = ARGV[2] == '1', guest_is_empty = ARGV[3] == '1' }
  local quantities = {}
  for at = 4, #ARGV, 2 do
    table.insert(quantities, strategies[ARGV[1]](tonumber(ARGV[at]), tonumber(ARGV[at + 1]), carts))
  end
  return quantities`;
const quantities = z.array(z.number());

interface Carts {
  readonly userIsEmpty: boolean;
  readonly guestIsEmpty: boolean;
}

const NEITHER_EMPTY = { userIsEmpty: false, guestIsEmpty: false };

let redis: TestRedis;
beforeAll(async () => {
  redis = await TestRedis.start('', 'plain');
});
afterAll(async () => {
  await redis.stop();
});

async function merged(
  strategy: MergeStrategy,
  pairs: readonly (readonly [user: number, guest: number])[],
  { userIsEmpty, guestIsEmpty }: Carts = NEITHER_EMPTY,
): Promise<number[]> {
  const args = [strategy, userIsEmpty ? 1 : 0, guestIsEmpty ? 1 : 0, ...pairs.flat()];
  return quantities.parse(await redis.client.eval(RUN, 0, ...args));
}

const quantity = fc.nat(1000);
const pairs = fc.array(fc.tuple(quantity, quantity), { minLength: 1, maxLength: 50 });

/** Checks a rule for many pairs at once. */
const holds = async (
  strategy: MergeStrategy,
  rule: (after: number, user: number, guest: number) => boolean,
  carts?: Carts,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(pairs, async (drawn) => {
      const after = await merged(strategy, drawn, carts);
      expect(drawn.filter(([user, guest], index) => !rule(after[index] ?? -1, user, guest))).toEqual([]);
    }),
    { numRuns: 50 },
  );

it('every strategy of the API is one of the scripts, and the other way round', () => {
  const names = Array.from(STRATEGIES.matchAll(/^ {2}(\w+) = function/gm), ([, name]) => name);
  expect(names.toSorted()).toEqual([...MERGE_STRATEGIES].toSorted());
});

describe('a merge by', () => {
  it('sum loses nothing', async () => {
    await holds('sum', (after, user, guest) => after === user + guest);
  });

  it('max takes the larger quantity, and a second merge of the same changes nothing', async () => {
    await holds('max', (after, user, guest) => after === Math.max(user, guest));
    await fc.assert(
      fc.asyncProperty(pairs, async (drawn) => {
        const once = await merged('max', drawn);
        const again = drawn.map(([, guest], index) => [once[index] ?? 0, guest] as const);
        expect(await merged('max', again)).toEqual(once);
      }),
      { numRuns: 20 },
    );
  });

  it('guest_wins takes the guest’s quantity of lines that the guest has, and keeps all others', async () => {
    await holds('guest_wins', (after, user, guest) => after === (guest > 0 ? guest : user));
  });

  it('keep_user leaves the user’s cart as it is', async () => {
    await holds('keep_user', (after, user) => after === user);
  });

  it('keep_guest takes the guest’s cart, unless it is empty', async () => {
    await holds('keep_guest', (after, _user, guest) => after === guest);
    await holds('keep_guest', (after, user) => after === user, { userIsEmpty: false, guestIsEmpty: true });
  });

  it('keep_guest_if_empty takes the guest’s cart only if the user has none', async () => {
    await holds('keep_guest_if_empty', (after, user) => after === user);
    await holds('keep_guest_if_empty', (after, _user, guest) => after === guest, {
      userIsEmpty: true,
      guestIsEmpty: false,
    });
  });
});
