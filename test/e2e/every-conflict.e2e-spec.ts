import type { Response } from 'supertest';
import type { ErrorCode } from '#kernel';
import { cacheProduct } from '../support/cached-product.js';
import { CartClient, LAPTOP, MOUSE } from '../support/cart-client.js';
import { DOCUMENTED_PROBLEMS, OF_THE_CART } from '../support/documented-problems.js';
import { isForSupport } from '../support/entitled.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

/** Every operation on a cart is refused for each state of a cart that it names, and leaves the cart as it was. */
const api = useTestApp();
const EUROS = { ...MOUSE, currency: 'EUR' };
let strict: TestApp;

beforeAll(async () => {
  strict = await startTestApp(api.server, { CART_PRICE_POLICY: 'catalog', CART_MAX_LINES: '2' });
});
afterAll(async () => {
  await strict.close();
});

interface Conflict {
  /** Brings the cart, which is empty, into the state. */
  readonly given?: (cart: CartClient) => Promise<unknown>;
  readonly when: (cart: CartClient) => PromiseLike<Response>;
}

const add = (product_id: string, quantity: number, product_data?: object) => ({
  op: 'add',
  product_id,
  quantity,
  product_data,
});
const priced = (cart: CartClient) => cart.add('laptop', 600, LAPTOP).expect(200);

async function savedAndAddedAgain(cart: CartClient): Promise<void> {
  await priced(cart);
  await cart.save('laptop').expect(200);
  await priced(cart);
}

/** Two lines in the cart, two that are saved: as many as `strict` takes. */
async function full(cart: CartClient): Promise<void> {
  for (const id of ['a', 'b']) await cart.add(id).expect(200);
  for (const id of ['a', 'b']) await cart.save(id).expect(200);
  for (const id of ['c', 'd']) await cart.add(id).expect(200);
}

async function savedInEuros(cart: CartClient): Promise<void> {
  await cart.add('mouse', 1, EUROS).expect(200);
  await cart.save('mouse').expect(200);
  await priced(cart);
}

/** As others may have written it: more than `CART_MAX_BYTES`. It may shrink, but not grow. */
async function oversize({ userId }: CartClient): Promise<void> {
  const line = JSON.stringify({ quantity: 1, price: 1, name: 'x'.repeat(20_000) });
  const lines = Array.from({ length: 14 }, (_, index) => [`large-${index}`, line] as const);
  await api.redis.hset(`cart:${userId}`, Object.fromEntries([...lines, ['cached', '{"quantity":1}']]));
  await api.redis.hset(`{cart:${userId}}:saved`, 'saved', '{"quantity":1}');
}

const item = (product_id: string, quantity: number, product_data?: object) => ({ product_id, quantity, product_data });

const replace = (cart: CartClient, items: object[], http = api.http) => cart.send(http.put('/cart')).send({ items });

const changeLine = (cart: CartClient, lineId: string, body: object) =>
  cart.send(api.http.patch(`/cart/lines/${lineId}`)).send(body);

/** 600 with options and 400 without: as many of a product as a cart takes. */
async function twoMugs(cart: CartClient): Promise<void> {
  const body = { product_id: 'mug', quantity: 600, options: { size: 'L' } };
  await cart.send(api.http.post('/cart/add')).send(body).expect(200);
  await cart.add('mug', 400).expect(200);
}

const cacheThree = async () =>
  Promise.all(['cached-2', 'cached-3'].map(async (id) => cacheProduct(api.http, id, MOUSE)));

/** The lines of `oversize` and one more. */
const oversizeItems = () => [
  ...Array.from({ length: 14 }, (_, index) => item(`large-${index}`, 1)),
  item('pen', 1, LAPTOP),
];

const CONFLICTS: Readonly<Record<string, Partial<Record<ErrorCode, Conflict>>>> = {
  'POST /cart/add': {
    cart_size_exceeded: { given: oversize, when: (cart) => cart.add('pen') },
    product_not_found: { when: (cart) => onStrict(cart).add('not-cached', 1, LAPTOP) },
    quantity_limit_exceeded: { given: priced, when: (cart) => cart.add('laptop', 401) },
    cart_line_limit_exceeded: { given: full, when: (cart) => onStrict(cart).add('cached') },
    currency_mismatch: { given: priced, when: (cart) => cart.add('mouse', 1, EUROS) },
  },
  'POST /cart/batch': {
    cart_size_exceeded: { given: oversize, when: (cart) => cart.batch(add('pen', 1)) },
    product_not_found: { when: (cart) => onStrict(cart).batch(add('not-cached', 1, LAPTOP)) },
    quantity_limit_exceeded: { when: (cart) => cart.batch(add('laptop', 600, LAPTOP), add('laptop', 401)) },
    cart_line_limit_exceeded: { given: full, when: (cart) => onStrict(cart).batch(add('cached', 1)) },
    currency_mismatch: { when: (cart) => cart.batch(add('laptop', 1, LAPTOP), add('mouse', 1, EUROS)) },
  },
  'PUT /cart': {
    cart_size_exceeded: { given: oversize, when: (cart) => replace(cart, oversizeItems()) },
    product_not_found: { when: (cart) => replace(cart, [item('not-cached', 1)], strict.http) },
    quantity_limit_exceeded: {
      when: (cart) => replace(cart, [item('mug', 600), { ...item('mug', 401), options: { size: 'L' } }]),
    },
    cart_line_limit_exceeded: {
      given: async () => cacheThree(),
      when: (cart) =>
        replace(
          cart,
          ['cached', 'cached-2', 'cached-3'].map((id) => item(id, 1)),
          strict.http,
        ),
    },
    currency_mismatch: {
      when: (cart) => replace(cart, [item('laptop', 1, LAPTOP), item('mouse', 1, EUROS)]),
    },
  },
  'PATCH /cart': {
    cart_size_exceeded: {
      given: oversize,
      when: (cart) => cart.send(api.http.patch('/cart')).send({ note: 'n' }),
    },
  },
  'PATCH /cart/lines/{line_id}': {
    cart_size_exceeded: { given: oversize, when: (cart) => changeLine(cart, 'large-1', { quantity: 1000 }) },
    quantity_limit_exceeded: { given: twoMugs, when: (cart) => changeLine(cart, 'mug', { quantity: 401 }) },
  },
  'PUT /cart/update/{product_id}': {
    quantity_limit_exceeded: { given: twoMugs, when: (cart) => cart.update('mug', 401) },
    cart_size_exceeded: { given: oversize, when: (cart) => cart.update('large-1', 1000) },
  },
  'POST /cart/reprice': {
    cart_size_exceeded: { given: oversize, when: (cart) => cart.reprice() },
  },
  'POST /cart/save/{product_id}': {
    cart_size_exceeded: { given: oversize, when: (cart) => cart.save('large-1') },
    quantity_limit_exceeded: { given: savedAndAddedAgain, when: (cart) => cart.save('laptop') },
    cart_line_limit_exceeded: { given: full, when: (cart) => onStrict(cart).save('c') },
  },
  'POST /cart/restore/{product_id}': {
    cart_size_exceeded: { given: oversize, when: (cart) => cart.restore('saved') },
    quantity_limit_exceeded: { given: savedAndAddedAgain, when: (cart) => cart.restore('laptop') },
    cart_line_limit_exceeded: { given: full, when: (cart) => onStrict(cart).restore('a') },
    currency_mismatch: { given: savedInEuros, when: (cart) => cart.restore('mouse') },
  },
  'POST /cart/checkout': {
    cart_size_exceeded: { given: oversize, when: (cart) => cart.checkout({ accept_price_changes: true }) },
    cart_empty: { when: (cart) => cart.checkout() },
    checkout_limit_exceeded: {
      given: async (cart) => {
        for (let count = 0; count < 50; count += 1) {
          await cart.add('mouse', 1, MOUSE).expect(200);
          await cart.checkout().expect(201);
        }
        await cart.add('mouse', 1, MOUSE).expect(200);
      },
      when: (cart) => cart.checkout(),
    },
    price_changed: {
      given: async (cart) => cart.add('cached').then(() => cacheProduct(api.http, 'cached', { ...MOUSE, price: 31 })),
      when: (cart) => cart.checkout(),
    },
    unpriced_items: { given: (cart) => cart.add('gift').expect(200), when: (cart) => cart.checkout() },
    unavailable_items: {
      given: (cart) => cart.add('vanished', 1, LAPTOP).expect(200),
      when: (cart) => onStrict(cart).checkout(),
    },
  },
};

function onStrict({ userId }: CartClient): CartClient {
  return new CartClient(strict.http, userId);
}

it('every operation that documents such a problem is listed here', () => {
  const here = Object.entries(CONFLICTS).map(([name, conflicts]) => [name, Object.keys(conflicts).toSorted()]);
  const documented = Object.entries(DOCUMENTED_PROBLEMS)
    .map(([name, codes]) => [name, codes.filter((code) => OF_THE_CART.includes(code)).toSorted()] as const)
    // Those of support are the same, by the same handlers.
    .filter(([name, codes]) => codes.length > 0 && !isForSupport(name));
  expect(Object.fromEntries(here)).toEqual(Object.fromEntries(documented));
});

describe.each(Object.entries(CONFLICTS))('%s', (name, conflicts) => {
  it.each(Object.entries(conflicts))('returns %s', async (code, { given, when }) => {
    await cacheProduct(api.http, 'cached', MOUSE);
    const cart = new CartClient(api.http, `${name.replaceAll(/\W+/g, '-')}-${code}`);
    await given?.(cart);
    const before = await cart.get().expect(200);
    const isCode = (candidate: string): candidate is ErrorCode => candidate === code;
    for (const documented of OF_THE_CART.filter(isCode)) expectProblem(await when(cart), documented);
    expect((await cart.get()).text).toBe(before.text);
  });
});
