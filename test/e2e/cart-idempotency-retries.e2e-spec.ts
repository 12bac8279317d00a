import { createHash } from 'node:crypto';
import { CartClient } from '../support/cart-client.js';
import { countedOperations } from '../support/cart-metrics.js';
import { answerOf, isReplay, withKey } from '../support/idempotency.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

const KEYS = 500;
const api = useTestApp();
let another: TestApp;

beforeAll(async () => {
  another = await startTestApp(api.server);
});
afterAll(async () => {
  await another.close();
});

/** A number that looks random and is the same in every run. */
const scattered = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE();

/** Every key 1 to 4 times, in no order. */
const ATTEMPTS = Array.from({ length: KEYS }, (_, index) => `key-${index}`)
  .flatMap((key) =>
    Array.from({ length: (scattered(key) % 4) + 1 }, (_, attempt) => ({ key, order: `${key} ${attempt}` })),
  )
  .toSorted((left, right) => scattered(left.order) - scattered(right.order));

it('500 concurrent adds over two instances, retried at random with their keys, are counted exactly', async () => {
  const carts = [api.http, another.http].map((http) => new CartClient(http, 'retrying'));
  const send = async ({ key, order }: (typeof ATTEMPTS)[number]) => {
    const [here, there] = carts;
    const cart = scattered(`instance of ${order}`) % 2 === 0 ? here : there;
    if (cart === undefined) throw new Error('There are two instances.');
    return { key, answer: await withKey(cart.add('laptop', 1, { name: 'Laptop', price: 19.99 }), key) };
  };
  const answers = await Promise.all(ATTEMPTS.map(send));

  const firsts = new Map(answers.filter(({ answer }) => !isReplay(answer)).map(({ key, answer }) => [key, answer]));
  expect(answers.filter(({ answer }) => isReplay(answer))).toHaveLength(ATTEMPTS.length - KEYS);
  const versions = new Set<unknown>();
  for (const { key, answer } of answers) {
    const first = firsts.get(key);
    expect(answer.status).toBe(200);
    expect(answerOf(answer)).toEqual(first && answerOf(first));
    versions.add(answer.body.version);
  }
  expect(firsts.size).toBe(KEYS);
  expect(ATTEMPTS.length).toBeGreaterThan(2 * KEYS);
  expect(versions.size).toBe(KEYS);
  const cart = new CartClient(api.http, 'retrying');
  const { body } = await cart.get();
  expect(body).toMatchObject({ count: KEYS, version: KEYS, total_price: 9995 });
  expect(await countedOperations(api.redis, cart)).toMatchObject({ add: KEYS });
});
