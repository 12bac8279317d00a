import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentSchema } from '#config';
import { freePort, ServiceProcess } from '../support/service-process.js';
import { TestRedis } from '../support/test-redis.js';
import { WRONG_ENVIRONMENTS } from '../support/wrong-environments.js';
import { TEST_SECRET } from '../support/tokens.js';

const USABLE = { REDIS_URL: 'redis://127.0.0.1:1', JWT_SECRET: TEST_SECRET, NODE_ENV: 'production' };
describe('start:prod with an invalid environment', () => {
  it.each(chunks(WRONG_ENVIRONMENTS, 4))('exits with 1 and prints a line for each: %j %j %j %j', async (...wrong) => {
    const endings = wrong.map(async ([variable, value]) => {
      const service = ServiceProcess.startProd({ ...USABLE, [variable]: value });
      return { variable, ending: await service.ended, output: service.output };
    });
    for (const { variable, ending, output } of await Promise.all(endings)) {
      expect(ending).toEqual({ code: 1, signal: null });
      expect(output).toMatch(new RegExp(`^ {2}${variable} `, 'm'));
      expect(output).not.toContain(TEST_SECRET);
    }
  });

  it('reports every fault at once', async () => {
    const wrong = Object.fromEntries(Object.keys(environmentSchema.shape).map((variable) => [variable, 'wr ong']));
    const names = ['HOST', 'REDIS_HOST', 'REDIS_USERNAME', 'REDIS_PASSWORD', 'JWT_ISSUER', 'JWT_AUDIENCE'];
    const ofSentinels = ['REDIS_SENTINEL_MASTER', 'REDIS_SENTINEL_USERNAME', 'REDIS_SENTINEL_PASSWORD'];
    const unchecked = [...names, ...ofSentinels, 'REDIS_TLS_SERVER_NAME', 'OTEL_SERVICE_NAME'];
    const service = ServiceProcess.startProd(wrong);
    expect(await service.ended).toEqual({ code: 1, signal: null });
    const named = Array.from(service.output.matchAll(/^ {2}([A-Z_]+) /gm), ([, variable]) => variable);
    expect(named.sort()).toEqual(
      Object.keys(wrong)
        .filter((variable) => !unchecked.includes(variable))
        .sort(),
    );
    expect(service.output).not.toContain('wr ong');
  });

  it('reports what production requires and what it forbids', async () => {
    const service = ServiceProcess.startProd({ NODE_ENV: 'production', AUTH_DEV_TOKENS: 'true' });
    expect(await service.ended).toEqual({ code: 1, signal: null });
    for (const variable of ['REDIS_URL', 'JWT_SECRET', 'AUTH_DEV_TOKENS']) {
      expect(service.output).toMatch(new RegExp(`^ {2}${variable} .*must`, 'm'));
    }
  });

  it('never prints a secret that it rejects', async () => {
    const service = ServiceProcess.startProd({ ...USABLE, JWT_SECRET: 'not-32-bytes-long' });
    expect(await service.ended).toEqual({ code: 1, signal: null });
    expect(service.output).toMatch(/^ {2}JWT_SECRET takes a secret of at least 32 bytes$/m);
    expect(service.output).not.toContain('not-32-bytes-long');
  });

  it('reports that it needs a Redis address, and starts no Redis', async () => {
    const service = ServiceProcess.startProd({ NODE_ENV: 'development' });
    expect(await service.ended).toEqual({ code: 1, signal: null });
    expect(service.output).toMatch(/^ {2}REDIS_URL or REDIS_HOST must be set/m);
  });
});

describe('start:prod', () => {
  let redis: TestRedis;
  let folder: string;
  beforeAll(async () => {
    redis = await TestRedis.start();
    folder = await mkdtemp(join(tmpdir(), 'cartwright-cwd-'));
  });
  afterAll(async () => {
    await redis.stop();
    await rm(folder, { recursive: true });
  });

  it('reports that the port is in use, and exits with 1', async () => {
    const environment = { ...USABLE, REDIS_URL: redis.url, PORT: String(await freePort()) };
    const first = ServiceProcess.startProd(environment);
    await first.printed(/Listening on/);
    const second = ServiceProcess.startProd(environment);
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(second.output).toContain(`Port ${environment.PORT} is taken`);
    await first.end('SIGINT');
  });

  it('creates its own secret outside production, once and readable only by its owner', async () => {
    const environment = { REDIS_URL: redis.url, PORT: '0' };
    const startAndStop = async (): Promise<string> => {
      const service = ServiceProcess.startProd(environment, folder);
      await service.printed(/Listening on/);
      await service.end('SIGINT');
      return service.output;
    };
    await startAndStop();
    const file = join(folder, '.data/jwt-secret');
    const made = await stat(file);
    expect(made.mode & 0o777).toBe(0o600);
    await startAndStop();
    expect((await stat(file)).mtimeMs).toBe(made.mtimeMs);
  });

  it('reads .env outside production for variables that the environment does not set', async () => {
    await writeFile(join(folder, '.env'), `REDIS_URL=${redis.url}\nPORT=notaport\n`);
    const told = ServiceProcess.startProd({ NODE_ENV: 'development' }, folder);
    await told.ended;
    expect(told.output).toMatch(/^ {2}PORT takes/m);
    const overridden = ServiceProcess.startProd({ NODE_ENV: 'development', PORT: '0' }, folder);
    await overridden.printed(/Listening on/);
    await overridden.end('SIGINT');
    const inProduction = ServiceProcess.startProd({ NODE_ENV: 'production', JWT_SECRET: TEST_SECRET }, folder);
    await inProduction.ended;
    expect(inProduction.output).toMatch(/REDIS_URL or REDIS_HOST must be set/);
    expect(inProduction.output).not.toMatch(/PORT takes/);
  });
});

/** Several processes start at once, so that all of them together take seconds. */
function chunks<T>(all: readonly T[], size: number): T[][] {
  return all.length === 0 ? [] : [all.slice(0, size), ...chunks(all.slice(size), size)];
}
