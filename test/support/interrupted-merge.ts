import { CartClient } from './cart-client.js';
import type { GuestClient } from './guest-client.js';
import { RedisProxy } from './redis-proxy.js';
import { startTestApp } from './test-app.js';
import type { TestRedis } from './test-redis.js';

/** The keys of a merge's notes: each step of it uses one of them. */
const STEP = /:offer\r\n|:merged:/;

/** How many steps a merge has taken before its instance lost its Redis for good. */
export const AFTER = { offer: 1, apply: 2, end: 3 } as const;

/** Merges on an instance that stops after some steps, without a response. Redis must know the scripts of a merge already. */
export async function interruptMerge(
  steps: number,
  { server }: { readonly server: TestRedis },
  { userId }: CartClient,
  { token }: GuestClient,
  strategy?: string,
): Promise<void> {
  const proxy = await RedisProxy.start(server.socket);
  const dying = await startTestApp({ url: proxy.url });
  const held = proxy.holdAfter(steps, STEP);
  const response = new CartClient(dying.http, userId).merge(token, strategy).then(({ status }) => status);
  await held;
  await proxy.stop();
  expect(await response).toBe(503);
  await dying.close();
}
