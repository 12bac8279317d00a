import { CartClient } from './cart-client.js';
import { EventStream } from './event-stream.js';
import { sendRaw } from './raw-request.js';
import { shopRequest } from './shop-traffic.js';
import type { RunningTestApp } from './use-test-app.js';

const REQUESTS = 30;

/** Traffic, failures of clients among it, and a Redis that is full for a moment: what dashboards and alerts are about. */
export async function causeObservedTraffic(api: RunningTestApp): Promise<void> {
  for (let index = 0; index < REQUESTS; index += 1) await (await shopRequest(api.url, index)).arrayBuffer();
  await api.http.get('/health/ready');
  await sendRaw(api.url, 'garbage\r\n\r\n');

  const cart = new CartClient(api.http, 'observed');
  await followChange(api.url, cart);
  for (let sent = 0; sent < 2; sent += 1) await cart.add('lamp').set('Idempotency-Key', 'key').expect(200);
  await cart.clear().set('If-Match', '"another"').expect(412);
  await cart.send(api.http.delete('/cart/clear?dry_run=true')).expect(200);

  await api.redis.config('SET', 'maxmemory', '1');
  await cart.add('lamp').expect(503);
  await api.redis.config('SET', 'maxmemory', '0');
}

/** Has a stream send a change, and end. */
async function followChange(url: string, cart: CartClient): Promise<void> {
  const stream = await EventStream.open(url, cart.userId);
  await stream.next();
  await cart.add('lamp').expect(200);
  await stream.next();
  stream.close();
}
