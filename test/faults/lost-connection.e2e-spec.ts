import { CartClient } from '../support/cart-client.js';
import { measured } from '../support/measured.js';
import { ServerName } from '../support/server-name.js';
import { expectSoundData } from '../support/sound-data.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';

/** With a pause before the first attempt it would take 100 to 125 ms. */
const AT_ONCE_MS = 90;
const LOSSES = 10;

let redis: TestRedis;
let name: ServerName;
let api: TestApp;
beforeAll(async () => {
  redis = await TestRedis.start();
  name = await ServerName.start(redis.socket);
  api = await startTestApp({ url: name.url }, { REDIS_COMMAND_TIMEOUT_MS: '240' });
});
afterAll(async () => {
  await api.close();
  await name.stop();
  await expectSoundData(redis.client);
  await redis.stop();
});

it('reconnects at once when a connection is lost', async () => {
  const cart = new CartClient(api.http, 'shopper');
  await cart.get().expect(200);
  const pauses: number[] = [];
  for (let loss = 0; loss < LOSSES; loss += 1) {
    name.drop();
    const lostAt = performance.now();
    while ((await cart.get()).status !== 200);
    pauses.push(performance.now() - lostAt);
  }
  pauses.sort((left, right) => left - right);
  const median = pauses[LOSSES / 2] ?? Infinity;
  measured('lost-connection', {
    'median ms until 200': Math.round(median),
    'longest ms': Math.round(pauses.at(-1) ?? 0),
  });
  expect(median).toBeLessThan(AT_ONCE_MS);
});
