import { randomUUID } from 'node:crypto';
import { Scrape } from '../support/scrape.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();

const REQUESTS = 10_000;
/** Enough for each kind of request to have had each of its outcomes, and for what is done after some hundred of them. */
const FIRST_REQUESTS = 2500;
const AT_ONCE = 24;

/** One kind of request each, with an id that no other request has: a path, a user, a product, a method, a query. */
const KINDS: readonly ((id: string) => [path: string, init?: RequestInit])[] = [
  (id) => [`/${id}/%F0%9F%9B%92?${id}=1`],
  (id) => [`/cart/${id}`, { method: 'POST' }],
  (id) => [`/docs/${id}`],
  (id) => [`/cart/remove/${id}`, { method: 'DELETE', headers: { authorization: bearer(id) } }],
  (id) => [`/cache/product/${id}`, { headers: { authorization: bearer(id) } }],
  (id) => [`/session/${id}`, { headers: { authorization: bearer('one-user'), 'x-request-id': id } }],
  (id) => ['/cart', { headers: { authorization: `Bearer ${id}` } }],
  (id) => [`/checkout/${id}`, { headers: { authorization: bearer(id) } }],
  (id) => [`/metrics/${id}`, { method: 'PURGE' }],
  (id) => [
    '/cart/add',
    {
      method: 'POST',
      headers: { authorization: bearer(id), 'content-type': 'application/json', 'idempotency-key': id },
      body: JSON.stringify({ product_id: id, quantity: 1, product_data: { name: id, price: 1 } }),
    },
  ],
];

async function send(count: number): Promise<void> {
  let left = count;
  const one = async (): Promise<void> => {
    for (; left > 0;) {
      left -= 1;
      const [path, init] = KINDS[left % KINDS.length]?.(randomUUID()) ?? ['/'];
      await (await fetch(`${api.url}${path}`, init)).arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** Node's own metrics name the kinds of its resources and of garbage collections, which have their own moments to appear. */
async function series(): Promise<string[]> {
  const all = Array.from((await Scrape.of(api.url)).series.keys());
  return all.filter((name) => !name.startsWith('nodejs_'));
}

it(`${REQUESTS} paths, users, products, tokens and keys add no series`, async () => {
  await send(FIRST_REQUESTS);
  await series();
  const before = await series();
  await send(REQUESTS);
  expect(await series()).toEqual(before);
}, 180_000);
