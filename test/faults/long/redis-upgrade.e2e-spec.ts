import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeployedRedis } from '../../support/deployed-redis.js';
import { eventually } from '../../support/eventually.js';
import { KeyedWriters } from '../../support/keyed-writers.js';
import { measured } from '../../support/measured.js';
import { startService, type RunningService } from '../../support/running-service.js';
import { ServerName } from '../../support/server-name.js';
import { expectSoundData } from '../../support/sound-data.js';

/** The steps of "Upgrading Redis" in docs/runbook.md, while clients write. */

const CLIENTS = 50;
const USERS = Array.from({ length: CLIENTS }, (_, index) => `writer-${index}`);
const REPLICA = { user: 'replica', password: 'of-the-replicas' } as const;
/** The promised maximum, from when the name leads to the new server until requests are served again. */
const BACK_MS = 2000;

let directories: readonly [string, string];
let old: DeployedRedis;
let upgraded: DeployedRedis | undefined;
let name: ServerName;
let service: RunningService;

beforeEach(async () => {
  directories = [await newDirectory(), await newDirectory()];
  old = await DeployedRedis.start(directories[0]);
  name = await ServerName.start(old.port);
  service = await startService('', { ...old.environment, REDIS_PORT: new URL(name.url).port });
});
afterEach(async () => {
  await service.process.end('SIGTERM');
  await name.stop();
  await upgraded?.stop();
  await old.stop();
  await Promise.all(directories.map(async (directory) => rm(directory, { recursive: true })));
});

const newDirectory = async (): Promise<string> => mkdtemp(join(tmpdir(), 'cartwright-upgrade-'));

/** Step 1: a server lets the other replicate from it. */
async function addReplicaUser({ client }: DeployedRedis, directory: string): Promise<void> {
  const { user, password } = REPLICA;
  await appendFile(join(directory, 'users.acl'), `user ${user} on >${password} +psync +replconf +ping\n`);
  await client.call('ACL', 'LOAD');
  await client.call('CONFIG', 'SET', 'masteruser', user, 'masterauth', password);
}

/** Steps 2 and 3: the new server, when it has all data. */
async function startReplica(directory: string): Promise<DeployedRedis> {
  const replica = await DeployedRedis.start(directory, '--repl-diskless-sync-delay', '0');
  await addReplicaUser(replica, directory);
  await replica.client.replicaof('127.0.0.1', old.port);
  await infoOf(replica, /master_link_status:up/);
  return replica;
}

async function infoOf({ client }: DeployedRedis, awaited: RegExp): Promise<void> {
  await eventually(
    async () => client.info('replication'),
    (info) => awaited.test(info),
    30,
  );
}

async function moreThan(writers: KeyedWriters, count: number): Promise<void> {
  await eventually(
    async () => Promise.resolve(writers.acknowledged),
    (now) => now > count,
    30,
  );
}

it('an upgrade by a replica and FAILOVER TO loses no acknowledged write, and doubles none', async () => {
  const writers = new KeyedWriters(service.url, USERS);
  await moreThan(writers, 10 * CLIENTS);
  await addReplicaUser(old, directories[0]);
  upgraded = await startReplica(directories[1]);

  await old.client.call('FAILOVER', 'TO', '127.0.0.1', upgraded.port, 'TIMEOUT', '10000');
  await infoOf(old, /role:slave/);
  name.moveTo(upgraded.port);
  const movedAt = performance.now();
  await moreThan(writers, writers.acknowledged + CLIENTS);
  const back = Math.round(performance.now() - movedAt);

  await moreThan(writers, writers.acknowledged + 10 * CLIENTS);
  await writers.stop();
  const report = { acknowledged: writers.acknowledged, ...(await writers.compare()) };
  measured('redis-upgrade', {
    ...report,
    'back after ms': back,
    'longest pause ms': Math.round(writers.longestPauseMs),
  });
  expect(report).toMatchObject({ lost: 0, doubled: 0 });
  expect(writers.unexpected).toEqual(new Map());
  expect(back).toBeLessThan(BACK_MS);
  expect(await upgraded.client.info('replication')).toContain('role:master');
  await expectSoundData(upgraded.client);
}, 120_000);
