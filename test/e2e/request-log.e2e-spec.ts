import { sendAndLeave } from '../support/raw-request.js';
import { startService, type RunningService } from '../support/running-service.js';
import { SlowRedis } from '../support/slow-redis.js';
import { TestRedis } from '../support/test-redis.js';
import { bearer } from '../support/tokens.js';

const [DEBUG, INFO, WARN] = [20, 30, 40];
const REDIS_DELAY_MS = 60;
const HAS_CHEAP_SCOPES = Number.parseInt(process.versions.node, 10) >= 24;

let redis: TestRedis;
let slow: SlowRedis;
beforeAll(async () => {
  redis = await TestRedis.start();
  slow = await SlowRedis.start(redis.socket);
});
afterAll(async () => {
  await slow.stop();
  await redis.stop();
});

/** What the service logs about requests while some work is done. */
async function linesOf(
  work: (service: RunningService) => Promise<unknown>,
  environment: NodeJS.ProcessEnv,
): Promise<Record<string, unknown>[]> {
  const patience = { REDIS_COMMAND_TIMEOUT_MS: '5000' };
  const service = await startService(slow.url, { LOG_SLOW_MS: '0', ...patience, ...environment });
  await work(service);
  slow.delayMs = 0;
  await service.process.end('SIGTERM');
  const lines: Record<string, unknown>[] = service.process.output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  return lines.filter(({ context }) => context === 'Http');
}

const get = async ({ url }: RunningService, path: string): Promise<number> =>
  (await fetch(`${url}${path}`, { headers: { Authorization: bearer('reader') } })).status;

async function succeedAndFail(service: RunningService): Promise<void> {
  expect(await get(service, '/cart/count')).toBe(200);
  expect(await get(service, '/nowhere')).toBe(404);
  await redis.crash();
  expect(await get(service, '/cart/count')).toBe(503);
  await redis.restart();
}

describe('LOG_REQUESTS', () => {
  it.each([
    ['all', [200, 404, 503]],
    ['errors', [503]],
    ['off', []],
  ])('%s logs the requests with status %j', async (value, statuses) => {
    const lines = await linesOf(succeedAndFail, { LOG_REQUESTS: value });
    expect(lines.map(({ status }) => status)).toEqual(statuses);
  });
});

it('probes and scrapes have their lines at debug, unless they fail', async () => {
  const token = 'a-token-for-scrapes-of-32-bytes-or-more';
  const lines = await linesOf(
    async ({ url }) => {
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
      expect((await fetch(`${url}/metrics`, { headers: { Authorization: `Bearer ${token}` } })).status).toBe(200);
      expect((await fetch(`${url}/metrics`)).status).toBe(401);
    },
    { LOG_LEVEL: 'debug', METRICS_TOKEN: token },
  );
  const levels = lines.map(({ level, route, status }) => [level, route, status]);
  expect(levels).toEqual(
    expect.arrayContaining([
      [DEBUG, '/health/live', 200],
      [DEBUG, '/metrics', 200],
      [INFO, '/metrics', 401],
    ]),
  );
});

it('a request whose client disconnects before the response has a line without a status', async () => {
  const [line, probe, ...others] = await linesOf(
    async (service) => {
      slow.delayMs = 500;
      sendAndLeave(service.url, `GET /cart/count HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer('reader')}\r\n\r\n`);
      await service.process.printed(/"route":"\/cart\/count"/);
      sendAndLeave(service.url, 'GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n');
      await service.process.printed(/"route":"\/health\/ready"/);
    },
    { LOG_LEVEL: 'debug' },
  );
  expect(line).toMatchObject({ level: INFO, aborted: true, msg: 'GET /cart/count (no response)' });
  expect(line).not.toHaveProperty('status');
  expect(probe).toMatchObject({ level: INFO, aborted: true, msg: 'GET /health/ready (no response)' });
  expect(others).toEqual([]);
});

describe('a slow request', () => {
  const readSlowly = async (service: RunningService): Promise<void> => {
    slow.delayMs = REDIS_DELAY_MS;
    expect(await get(service, '/cart/count')).toBe(200);
  };

  it('has a line at warn whatever LOG_REQUESTS says, with the time that it waited for Redis', async () => {
    const tracing = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_TRACES_SAMPLER: 'always_off' };
    const environment = { LOG_REQUESTS: 'off', LOG_SLOW_MS: '50', ...(HAS_CHEAP_SCOPES ? {} : tracing) };
    const [line, ...others] = await linesOf(readSlowly, environment);
    expect(line).toMatchObject({ level: WARN, route: '/cart/count', status: 200 });
    // Its two round trips, one after the other.
    expect(line?.redis_ms).toBeGreaterThanOrEqual(2 * REDIS_DELAY_MS - 10);
    expect(line?.redis_ms).toBeLessThanOrEqual(Number(line?.duration_ms));
    expect(others).toEqual([]);
  });

  it('is not reported if it is faster than LOG_SLOW_MS', async () => {
    const [line] = await linesOf(readSlowly, { LOG_SLOW_MS: '60000' });
    expect(line?.level).toBeLessThan(WARN);
    expect(line).not.toHaveProperty('redis_ms');
  });

  it('is not a stream of events', async () => {
    const lines = await linesOf(
      async ({ url }) => {
        const closing = new AbortController();
        const headers = { Authorization: bearer('follower'), Accept: 'text/event-stream' };
        const { body, status } = await fetch(`${url}/cart/events`, { headers, signal: closing.signal });
        expect(status).toBe(200);
        await body?.getReader().read();
        closing.abort();
      },
      { LOG_SLOW_MS: '1', LOG_REQUESTS: 'off' },
    );
    expect(lines).toEqual([]);
  });
});

it('a misspelt setting is a warning at the start that names the likely one', async () => {
  const service = await startService(redis.url, { CART_TTL_SECOND: '60', REDIS_SERVICE_HOST: 'redis' });
  await service.process.end('SIGTERM');
  const warnings = service.process.output.split('\n').filter((line) => line.includes('not a setting'));
  expect(warnings).toEqual([expect.stringContaining('Did you mean CART_TTL_SECONDS?')]);
});
