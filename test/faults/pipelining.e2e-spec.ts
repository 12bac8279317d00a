import { once } from 'node:events';
import { connect } from 'node:net';
import { measured } from '../support/measured.js';
import { pacedRequests, percentile } from '../support/paced-requests.js';
import { startService, type RunningService } from '../support/running-service.js';
import { shopRequest } from '../support/shop-traffic.js';
import { expectSoundData } from '../support/sound-data.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer } from '../support/tokens.js';

const PIPELINED = 10_000;

let redis: TestRedis;
let service: RunningService;
beforeAll(async () => {
  redis = await TestRedis.start();
  service = await startService(redis.url);
});
afterAll(async () => {
  await service.process.end('SIGTERM');
  await expectSoundData(redis.client);
  await redis.stop();
});

/** Sends all requests at once on one connection; returns the order of the responses and their statuses. */
async function pipeline(count: number): Promise<{ ids: number[]; statuses: Set<string> }> {
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1').setEncoding('latin1');
  const ids: number[] = [];
  const statuses = new Set<string>();
  let heard = '';
  socket.on('data', (part: string) => {
    const responses = (heard + part).split('HTTP/1.1 ');
    heard = `HTTP/1.1 ${responses.pop() ?? ''}`;
    for (const response of responses) take(response);
  });
  const take = (response: string): void => {
    const [, id] = /x-request-id: (\d+)/i.exec(response) ?? [];
    if (id === undefined) return;
    ids.push(Number(id));
    statuses.add(response.slice(0, 3));
  };
  const request = (id: number): string =>
    `GET /cart HTTP/1.1\r\nHost: x\r\nX-Request-Id: ${id}\r\nAuthorization: ${bearer('piper')}\r\n` +
    `${id === count - 1 ? 'Connection: close\r\n' : ''}\r\n`;
  socket.write(Array.from({ length: count }, (_, id) => request(id)).join(''));
  await once(socket, 'close');
  take(heard.slice('HTTP/1.1 '.length));
  return { ids, statuses };
}

it('serves 10,000 pipelined requests one after another without delaying other clients', async () => {
  for (let index = 0; index < 3; index += 1) await shopRequest(service.url, index);
  const [piped, others] = await Promise.all([
    pipeline(PIPELINED),
    pacedRequests(50, 2, async (index) => shopRequest(service.url, index)),
  ]);
  measured('pipelining', { 'p99 ms of others': Math.round(percentile(others, 99)) });
  expect(piped.ids).toEqual(Array.from({ length: PIPELINED }, (_, id) => id));
  expect(piped.statuses).toEqual(new Set(['200']));
  expect(new Set(others.map(({ status }) => status))).toEqual(new Set([200]));
  expect(percentile(others, 50)).toBeLessThan(100);
});
