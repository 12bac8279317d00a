import { eventually } from '../support/eventually.js';
import { measured } from '../support/measured.js';
import { startService, type RunningService } from '../support/running-service.js';
import { Sentinel, sentinelEnvironment } from '../support/sentinel.js';
import { shopRequest } from '../support/shop-traffic.js';
import { TestRedis } from '../support/test-redis.js';

/** The promised maximum after a lost connection, however many Sentinels hang. */
const BACK_MS = 2000;
const LOSSES = 4;

let redis: TestRedis;
let sentinels: Sentinel[];
let service: RunningService;
beforeEach(async () => {
  redis = await TestRedis.start('', 'plain');
  const port = await redis.openPort();
  sentinels = [await Sentinel.start(port, 2), await Sentinel.start(port, 2)];
});
afterEach(async () => {
  await service.process.end('SIGTERM');
  await Promise.all(sentinels.map(async (sentinel) => sentinel.stop()));
  await redis.stop();
});

const start = async (settings: NodeJS.ProcessEnv = {}): Promise<RunningService> =>
  startService('', { ...sentinelEnvironment(sentinels), ...settings });

/** Closes the service's connections, and returns the milliseconds until it serves again. */
async function lossOfConnection(): Promise<number> {
  await redis.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  const lostAt = performance.now();
  await eventually(
    async () => shopRequest(service.url, 0),
    ({ status }) => status === 200,
  );
  return performance.now() - lostAt;
}

/** The log lines of one kind; every line must be JSON. */
function linesOf(context: string): { level: number; msg: string }[] {
  const lines = service.process.output.trim().split('\n');
  return lines.map((line) => JSON.parse(line)).filter((line) => line.context === context);
}

it('logs that a Sentinel is down, and asks another one for the primary', async () => {
  service = await start();
  await sentinels[0]?.crash();
  await service.process.printed(/The connection to a Sentinel is down/);
  for (let loss = 0; loss < LOSSES; loss += 1) await lossOfConnection();
  await sentinels[0]?.restart();
  await service.process.printed(/The connection to a Sentinel is back/);
  expect(linesOf('Sentinel').map(({ level }) => level)).toEqual([40, 30]);
  const said = linesOf('Redis').map(({ msg }) => msg);
  // On a busy machine a Sentinel may respond too late once, which adds a line when it is down and one when it is back.
  expect(said.filter((msg) => msg === 'Connected to Redis').length).toBeGreaterThan(LOSSES / 2);
  expect(said.filter((msg) => msg.endsWith('is down')).length).toBe(
    said.filter((msg) => msg.endsWith('is back')).length,
  );
});

it('finds the primary even if a Sentinel hangs', async () => {
  service = await start();
  sentinels[0]?.freeze();
  const pauses: number[] = [];
  for (let loss = 0; loss < LOSSES; loss += 1) pauses.push(await lossOfConnection());
  measured('sentinel-away', { 'longest ms without Redis, one of two hangs': Math.round(Math.max(...pauses)) });
  expect(Math.max(...pauses)).toBeLessThan(BACK_MS);
});

it('logs that the Sentinels do not know the name of the primary', async () => {
  service = await start({ REDIS_SENTINEL_MASTER: 'unknown' });
  await service.process.printed(/"level":50.*No Sentinel names the primary.*invalid reply: null/);
  expect((await fetch(`${service.url}/health/ready`)).status).toBe(503);
});
