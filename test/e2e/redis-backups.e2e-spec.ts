import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { ADMINISTRATOR, DeployedRedis } from '../support/deployed-redis.js';
import { firstOf } from '../support/deployment-files.js';
import { eventually } from '../support/eventually.js';
import { FilledUser } from '../support/filled-user.js';
import { itWith } from '../support/it-with.js';
import { contentsOf } from '../support/redis-contents.js';
import { runProgram } from '../support/run-program.js';
import { expectSoundData } from '../support/sound-data.js';
import { startTestApp } from '../support/test-app.js';

/** The procedures of docs/runbook.md, with the users of deploy/redis/users.acl. */

const missing = ['redis-cli', 'redis-check-aof'].filter((name) => firstOf(`command -v ${name}`) === undefined);
const FILES = 'appendonlydir';
const INCREMENT = join(FILES, 'appendonly.aof.1.incr.aof');
/** Keys that live for less, in seconds, may expire in the meantime. */
const LASTING = 600;

const directories: string[] = [];
const servers: DeployedRedis[] = [];
let original: string;
let stored: ReadonlyMap<string, string>;

const newDirectory = async (): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'cartwright-backup-'));
  directories.push(directory);
  return directory;
};
const start = async (directory: string, ...options: string[]): Promise<DeployedRedis> => {
  const server = await DeployedRedis.start(directory, ...options);
  servers.push(server);
  return server;
};

beforeAll(async () => {
  original = await newDirectory();
  const server = await start(original);
  const api = await startTestApp({ url: '', environment: server.environment }, { AUTH_ACCOUNTS: 'true' });
  await FilledUser.fill(api, 'anna');
  await FilledUser.fill(api, 'bert');
  await api.close();
  stored = await lastingOf(server.client);
  expect(stored.size).toBeGreaterThan(30);
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map(async (server) => server.stop()));
});
afterAll(async () => {
  await Promise.all(directories.map(async (directory) => rm(directory, { recursive: true })));
});

async function lastingOf(redis: Redis): Promise<ReadonlyMap<string, string>> {
  const contents = await contentsOf(redis);
  const lives = await Promise.all(Array.from(contents.keys(), async (key) => redis.ttl(key)));
  return new Map(Array.from(contents).filter((_entry, index) => lives[index] === -1 || Number(lives[index]) > LASTING));
}

async function expectStored({ client }: DeployedRedis): Promise<void> {
  const contents = await contentsOf(client);
  expect(Array.from(stored).filter(([key, value]) => contents.get(key) !== value)).toEqual([]);
  await expectSoundData(client);
}

/** A folder with a copy of the append-only file. */
async function copyOfAppendOnlyFile(): Promise<string> {
  const directory = await newDirectory();
  await cp(join(original, FILES), join(directory, FILES), { recursive: true });
  return directory;
}

/** A folder with a snapshot of all data, which Redis reads at its start. */
async function snapshot(): Promise<string> {
  const directory = await newDirectory();
  const server = await start(original, '--repl-diskless-sync-delay', '0');
  const { username, password } = ADMINISTRATOR;
  const args = ['--user', username, '-p', String(server.port), '--rdb', join(directory, 'dump.rdb')];
  const { stderr } = await runProgram('redis-cli', args, { REDISCLI_AUTH: password });
  expect(stderr).toContain('Transfer finished with success');
  return directory;
}

it('the append-only file restores everything, also as a backup in another folder', async () => {
  await expectStored(await start(original));
  await expectStored(await start(await copyOfAppendOnlyFile()));
});

itWith(missing, 'a snapshot restores everything, if Redis first starts without its append-only file', async () => {
  const directory = await snapshot();
  const first = await start(directory, '--appendonly', 'no');
  await expectStored(first);
  await first.client.config('SET', 'appendonly', 'yes');
  await eventually(
    async () => first.client.info('persistence'),
    (info) => /aof_enabled:1[^]*aof_rewrite_in_progress:0[^]*aof_last_bgrewrite_status:ok/.test(info),
  );
  await first.stop();
  await expectStored(await start(directory));
});

itWith(missing, 'a snapshot is ignored by a Redis that starts with appendonly yes', async () => {
  const directory = await snapshot();
  expect(await (await start(directory)).client.dbsize()).toBe(0);
});

it('Redis starts with an append-only file that ends in the middle of a command', async () => {
  const directory = await copyOfAppendOnlyFile();
  const file = join(directory, INCREMENT);
  await truncate(file, (await readFile(file)).length - 7);
  await expectSoundData((await start(directory)).client);
});

itWith(
  missing,
  'redis-check-aof repairs a broken append-only file, and the data before the break are sound',
  async () => {
    const directory = await copyOfAppendOnlyFile();
    const file = join(directory, INCREMENT);
    const bytes = await readFile(file);
    bytes.write('XXXXXXXX', bytes.indexOf('\r\n*', Math.floor(bytes.length * 0.9)) + 2);
    await writeFile(file, bytes);
    await expect(start(directory)).rejects.toThrow('Bad file format reading the append only file');
    const manifest = join(directory, FILES, 'appendonly.aof.manifest');
    expect(spawnSync('redis-check-aof', ['--fix', manifest], { input: 'y\n' }).status).toBe(0);
    const { client } = await start(directory);
    expect(await client.dbsize()).toBeGreaterThan(stored.size / 2);
    await expectSoundData(client);
  },
);
