import { eventually } from '../support/eventually.js';
import { measured } from '../support/measured.js';
import { startService, type RunningService } from '../support/running-service.js';
import { Sentinel, sentinelEnvironment } from '../support/sentinel.js';
import { shopRequest } from '../support/shop-traffic.js';
import { TestRedis } from '../support/test-redis.js';

/** The promise for a lost connection, however many Sentinels hang. */
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

/** Cuts off the service, and returns the milliseconds until it serves again. */
async function lossOfConnection(): Promise<number> {
  await redis.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  const lostAt = performance.now();
  await eventually(
    async () => shopRequest(service.url, 0),
    ({ status }) => status === 200,
  );
  return performance.now() - lostAt;
}

/** The lines of the log of one kind; each line has to be JSON. */
function linesOf(context: string): { level: number; msg: string }[] {
  const lines = service.process.output.trim().split('\n');
  return lines.map((line) => JSON.parse(line)).filter((line) => line.context === context);
}

it('a Sentinel that is away is a line of the log, and another one tells where the primary is', async () => {
  service = await start();
  await sentinels[0]?.crash();
  await service.process.printed(/The connection to a Sentinel is down/);
  for (let loss = 0; loss < LOSSES; loss += 1) await lossOfConnection();
  await sentinels[0]?.restart();
  await service.process.printed(/The connection to a Sentinel is back/);
  expect(linesOf('Sentinel').map(({ level }) => level)).toEqual([40, 30]);
  const said = linesOf('Redis').map(({ msg }) => msg);
  // On a machine that is short of CPU time a Sentinel may respond too late once: that is a line more, and one for its end.
  expect(said.filter((msg) => msg === 'Connected to Redis').length).toBeGreaterThan(LOSSES / 2);
  expect(said.filter((msg) => msg.endsWith('is down')).length).toBe(
    said.filter((msg) => msg.endsWith('is back')).length,
  );
});

it('a Sentinel that hangs does not keep the service from the primary', async () => {
  service = await start();
  sentinels[0]?.freeze();
  const pauses: number[] = [];
  for (let loss = 0; loss < LOSSES; loss += 1) pauses.push(await lossOfConnection());
  measured('sentinel-away', { 'longest ms without Redis, one of two hangs': Math.round(Math.max(...pauses)) });
  expect(Math.max(...pauses)).toBeLessThan(BACK_MS);
});

it('a name that the Sentinels do not know is told by the log', async () => {
  service = await start({ REDIS_SENTINEL_MASTER: 'unknown' });
  await service.process.printed(/"level":50.*No Sentinel names the primary.*invalid reply: null/);
  expect((await fetch(`${service.url}/health/ready`)).status).toBe(503);
});
