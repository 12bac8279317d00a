import { createClient, type CartClient } from '@cartwright/client';
import { BreakingProxy } from '../support/breaking-proxy.js';
import { measured } from '../support/measured.js';
import { startService, type RunningService } from '../support/running-service.js';
import { expectSoundData } from '../support/sound-data.js';
import { TestRedis } from '../support/test-redis.js';
import { claimsOf, signToken } from '../support/tokens.js';

/** `npm run test:long` and `npm run faults` make ten times as many. */
const ADDS = process.env.TEST_LONG === 'true' ? 10_000 : 1_000;
const USERS = 10;
/** Below what a line holds, and enough that retries of one user meet each other. */
const AT_ONCE = 4;
/** About four requests with their responses: so a connection breaks in the middle of about every second request. */
const MAX_BYTES = 8_000;

jest.setTimeout(240_000);

let redis: TestRedis;
let service: RunningService;
let proxy: BreakingProxy;
let retries = 0;

beforeAll(async () => {
  redis = await TestRedis.start();
  service = await startService(redis.url);
  proxy = await BreakingProxy.start(service.url, MAX_BYTES);
});
afterAll(async () => {
  await proxy.stop();
  await service.process.end('SIGKILL');
  await expectSoundData(redis.client);
  await redis.stop();
});

/** A user's cart over connections that break. It retries sooner than usual, so that the test takes less time. */
function brokenCart(token: string): CartClient {
  const retry = { maxAttempts: 100, maxElapsedMs: 120_000, baseDelayMs: 5, maxDelayMs: 100 };
  return createClient({ baseUrl: proxy.url, token, retry, onRetry: () => (retries += 1) }).cart;
}

async function addOneByOne(cart: CartClient, adds: number): Promise<void> {
  for (let done = 0; done < adds; done += 1) await cart.add({ product_id: 'mug', quantity: 1 });
}

it(`adds ${ADDS} times, exactly once each, over connections that break`, async () => {
  const tokens = Array.from({ length: USERS }, (_, user) => signToken(claimsOf(`adder-${user}`)));
  const each = ADDS / USERS / AT_ONCE;
  const startedAt = performance.now();
  await Promise.all(
    tokens.flatMap((token) => Array.from({ length: AT_ONCE }, async () => addOneByOne(brokenCart(token), each))),
  );
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  const counts = await Promise.all(
    tokens.map(async (token) => createClient({ baseUrl: service.url, token }).cart.count()),
  );
  expect(counts).toEqual(tokens.map(() => ({ count: ADDS / USERS, unique_items: 1 })));
  expect(proxy.breaks).toBeGreaterThan(ADDS / 10);
  measured('client-broken-connections', { adds: ADDS, breaks: proxy.breaks, retries, seconds });
});
