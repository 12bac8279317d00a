import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { eventually } from '../support/eventually.js';
import { measured } from '../support/measured.js';
import { pacedRequests, percentile, type Seen } from '../support/paced-requests.js';
import { startService, type RunningService } from '../support/running-service.js';
import { shopRequest } from '../support/shop-traffic.js';
import { expectSoundData } from '../support/sound-data.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer } from '../support/tokens.js';

const HEAD = `HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer('slow')}\r\n`;

/** What clients of each kind send, and their number, which exceeds the requests that may run at once. */
const SLOW: readonly [kind: string, clients: number, sent: string][] = [
  ['idle connections', 5000, ''],
  ['slow headers', 500, `GET /cart ${HEAD}`],
  ['slow bodies', 500, `POST /cart/add ${HEAD}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`],
  ['clients that never read', 100, `GET /docs-json ${HEAD}\r\n`.repeat(20)],
];

let redis: TestRedis;
let service: RunningService;
beforeAll(async () => {
  redis = await TestRedis.start();
  service = await startService(redis.url);
  for (let index = 0; index < 3; index += 1) await shopRequest(service.url, index);
});
afterAll(async () => {
  await service.process.end('SIGKILL');
  await expectSoundData(redis.client);
  await redis.stop();
});

async function slowClient(sent: string): Promise<Socket> {
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1').pause();
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(sent);
  return socket;
}

/** In batches, because a listening socket accepts only a few hundred new connections at once. */
async function slowClients(count: number, sent: string): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    sockets.push(...(await Promise.all(Array.from({ length: 100 }, async () => slowClient(sent)))));
  }
  return sockets;
}

/** At first these readers are served like all others, until unread responses fill their connections. */
async function settled(): Promise<void> {
  await eventually(others, (seen) => percentile(seen, 90) < 250, 20);
}

async function others(): Promise<Seen[]> {
  return pacedRequests(100, 1, async (index) => shopRequest(service.url, index));
}

it.each(SLOW)('%s do not delay other clients', async (kind, clients, sent) => {
  const sockets = await slowClients(clients, sent);
  await settled();
  const seen = await others();
  measured('slow-clients', { kind, clients, 'p99 ms of others': Math.round(percentile(seen, 99)) });
  for (const socket of sockets) socket.destroy();
  expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([200]));
  expect(percentile(seen, 50)).toBeLessThan(250);
});
