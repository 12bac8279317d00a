import { setTimeout as delay } from 'node:timers/promises';
import { CartClient } from '../support/cart-client.js';
import { EventStream } from '../support/event-stream.js';
import { eventually } from '../support/eventually.js';
import { measured } from '../support/measured.js';
import { RedisPair } from '../support/redis-pair.js';
import { ServerName } from '../support/server-name.js';
import { expectSoundData } from '../support/sound-data.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { bearer } from '../support/tokens.js';

/** The promised maximum, from when the name leads to the new primary until requests are served again. */
const BACK_MS = 2000;
/** The delay between moving the name to a server and promoting it. */
const LATE_MS = 300;

let pair: RedisPair;
let name: ServerName;
let api: TestApp;
let cart: CartClient;

beforeEach(async () => {
  pair = await RedisPair.start();
  name = await ServerName.start(pair.primary.socket);
  api = await startTestApp({ url: name.url }, { REDIS_COMMAND_TIMEOUT_MS: '240' });
  cart = new CartClient(api.http, 'shopper');
  await cart.add('laptop').expect(200);
  await cachePrice(1).expect(200);
  await pair.inStep();
});
afterEach(async () => {
  await api.close();
  await name.stop();
  await expectSoundData(pair.replica.client);
  await pair.stop();
});

const cachePrice = (price: number) =>
  api.http
    .post('/cache/product/laptop')
    .set('Authorization', bearer('keeper', 'catalog'))
    .send({ name: 'Laptop', price });

const price = async (): Promise<unknown> => {
  const { body } = await api.http.get('/cache/product/laptop').set('Authorization', bearer('reader')).expect(200);
  return body.price;
};

/** Milliseconds until a change of the cart returns 200 again. */
async function backAfter(): Promise<number> {
  const startedAt = performance.now();
  await eventually(
    async () => (await cart.update('laptop', 2)).status,
    (status) => status === 200,
  );
  return performance.now() - startedAt;
}

/** Changes the cart until the stream reports a change. */
async function followedBy(stream: EventStream): Promise<void> {
  const changed = new AbortController();
  const told = (async () => {
    while ((await stream.next()).event !== 'change');
    changed.abort();
  })();
  for (let quantity = 100; !changed.signal.aborted; quantity += 1) {
    await cart.update('laptop', quantity).expect(200);
    await delay(20);
  }
  await told;
}

const waysToFailOver: [name: string, failOver: () => Promise<void>][] = [
  [
    'planned',
    async () => {
      await pair.promote();
      await pair.demote();
      name.moveTo(pair.replica.socket);
      await pair.primary.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    },
  ],
  [
    'silent',
    async () => {
      await pair.promote();
      await pair.demote();
      name.moveTo(pair.replica.socket);
    },
  ],
  [
    'crash',
    async () => {
      await pair.primary.crash();
      await pair.promote();
      name.moveTo(pair.replica.socket);
    },
  ],
  [
    'replica first',
    async () => {
      name.moveTo(pair.replica.socket);
      name.drop();
      await delay(LATE_MS);
      await pair.promote();
    },
  ],
  [
    'swallowed bytes',
    async () => {
      name.swallow();
      await pair.promote();
      name.moveTo(pair.replica.socket);
    },
  ],
];

it.each(waysToFailOver)(
  'requests, streams and local copies of products follow a failover (%s) within 2 s',
  async (way, failOver) => {
    expect(await price()).toBe(1);
    const stream = await EventStream.open(api.url, 'shopper');
    await stream.next();
    await failOver();
    const milliseconds = await backAfter();
    measured(`failover-behind-a-name, ${way}`, { 'back after ms': Math.round(milliseconds) });
    expect(milliseconds).toBeLessThan(BACK_MS);
    expect((await api.http.get('/health/ready')).status).toBe(200);
    for (let quantity = 3; quantity < 20; quantity += 1) await cart.update('laptop', quantity).expect(200);
    expect(await pair.replica.client.hget('cart:shopper', 'laptop')).toContain('"quantity":19');

    await followedBy(stream);
    stream.close();
    await cachePrice(2).expect(200);
    await eventually(price, (current) => current === 2);
  },
);
