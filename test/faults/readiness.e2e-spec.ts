import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { eventually } from '../support/eventually.js';
import { measured } from '../support/measured.js';
import { startService, type RunningService } from '../support/running-service.js';
import { freePort, ServiceProcess } from '../support/service-process.js';
import { shopRequest } from '../support/shop-traffic.js';
import { expectSoundData } from '../support/sound-data.js';
import { TestRedis } from '../support/test-redis.js';

/** The rights of an ACL user who may do everything that the service does; a test takes one away. */
const ALL = ['on', '>password', '~*', '&*', '+@all'];

let redis: TestRedis;
let service: RunningService;

async function start(options = '', settings: NodeJS.ProcessEnv = {}): Promise<void> {
  redis = await TestRedis.start(options);
  service = await startService(redis.url, settings);
}
afterEach(async () => {
  await service.process.end('SIGTERM');
  await expectSoundData(redis.client);
  await redis.stop();
});

const readiness = async (): Promise<number> => (await fetch(`${service.url}/health/ready`)).status;

/** Waits until the probe returns this status, and returns the milliseconds that it took. */
async function until(status: number): Promise<number> {
  const startedAt = performance.now();
  await eventually(readiness, (current) => current === status);
  return Math.round(performance.now() - startedAt);
}

/** The statuses of an add, a read and a count. */
async function requests(): Promise<number[]> {
  const responses = await Promise.all([0, 1, 2].map(async (index) => shopRequest(service.url, index)));
  return responses.map(({ status }) => status);
}

/** Waits for the line that an operator reads in the log. */
async function logged(text: string): Promise<void> {
  await service.process.printed(new RegExp(`"level":50.*${text}`));
}

const FAULTS: [
  name: string,
  begin: (client: Redis) => Promise<unknown>,
  end: (client: Redis) => Promise<unknown>,
  log: string,
][] = [
  [
    'a primary without the replicas it needs for a write',
    async (client) => client.config('SET', 'min-replicas-to-write', 1),
    async (client) => client.config('SET', 'min-replicas-to-write', 0),
    'NOREPLICAS',
  ],
  [
    'a server that has become a replica',
    async (client) => client.replicaof('127.0.0.1', 1),
    async (client) => client.replicaof('NO', 'ONE'),
    'READONLY|replica',
  ],
];

it.each(FAULTS)('%s: not ready, every request is 503, ready again afterwards', async (name, begin, end, log) => {
  await start();
  await until(200);
  await begin(redis.client);
  const noticed = await until(503);
  expect(await requests()).toEqual([503, 503, 503]);
  await logged(log);
  await end(redis.client);
  const back = await until(200);
  expect(await requests()).toEqual([200, 200, 200]);
  measured(`readiness, ${name}`, { 'noticed after ms': noticed, 'back after ms': back });
});

it.each([
  ['a command of a script', '-pexpire', 'pexpire'],
  ['a command', '-mget', 'mget'],
  ['the keys of sessions', '~cart:* ~health:*', 'session:x'],
])('an ACL user without %s: not ready, the log names it, no request is 500', async (_, right, text) => {
  redis = await TestRedis.start();
  const rights = right.startsWith('~') ? ['resetkeys', ...right.split(' ')] : [right];
  await redis.client.acl('SETUSER', 'shop', ...ALL, ...rights);
  service = await startService(`redis://shop:password@127.0.0.1:${await redis.openPort()}`);
  await logged(text);
  expect(await readiness()).toBe(503);
  for (const status of await requests()) expect([200, 503]).toContain(status);
  await redis.client.acl('SETUSER', 'shop', ...ALL);
  await until(200);
  expect(await requests()).toEqual([200, 200, 200]);
});

it('a Redis without PEXPIRETIME, such as version 6: not ready, the log names it, no request is 500', async () => {
  await start('--rename-command PEXPIRETIME ""');
  await logged('pexpiretime');
  expect(await readiness()).toBe(503);
  for (const status of await requests()) expect([200, 503]).toContain(status);
});

it('a Sentinel at the address of Redis: not ready, the log says that it is a Sentinel', async () => {
  redis = await TestRedis.start();
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), 'cartwright-sentinel-'));
  await writeFile(join(directory, 'sentinel.conf'), `port ${port}\nbind 127.0.0.1\ndir ${directory}\n`);
  const sentinel = ServiceProcess.run('redis-server', [join(directory, 'sentinel.conf'), '--sentinel'], {});
  await sentinel.printed(/Sentinel ID is/);
  service = await startService(`redis://127.0.0.1:${port}`);
  await logged('a Sentinel');
  expect(await readiness()).toBe(503);
  expect(await requests()).toEqual([503, 503, 503]);
  await sentinel.end('SIGTERM');
  await rm(directory, { recursive: true });
});
