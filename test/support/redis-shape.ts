import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { eventually } from './eventually.js';
import { Sentinel, sentinelEnvironment } from './sentinel.js';
import { freePort, ROOT } from './service-process.js';
import { makeCertificates } from './test-certificates.js';

/** The kinds of Redis that the service can use. */
export const SHAPES = ['plain', 'acl', 'tls', 'sentinel', 'cluster'] as const;
export type Shape = (typeof SHAPES)[number];

/** How a server is started, and how a service is led to it. */
export interface RedisShape {
  readonly options: string;
  /** undefined if its socket is all that the service needs. */
  readonly environment: Readonly<Record<string, string>> | undefined;
  /** @param client a client of the server, which may do everything. */
  begin(client: Redis): Promise<void>;
  stop(): Promise<void>;
}

const nothing = async (): Promise<void> => Promise.resolve();

const MAKERS: Record<Shape, (directory: string) => Promise<RedisShape>> = {
  plain: async () => Promise.resolve({ options: '', environment: undefined, begin: nothing, stop: nothing }),
  acl: withLeastRights,
  tls: withTls,
  sentinel: withSentinel,
  cluster: asCluster,
};

/** @param directory an own folder of the server. */
export async function shapeOf(shape: Shape, directory: string): Promise<RedisShape> {
  return MAKERS[shape](directory);
}

/** What `npm run test:redis` asks for. */
export function chosenShape(): Shape {
  const shape = SHAPES.find((name) => name === (process.env.TEST_REDIS ?? 'plain'));
  if (shape === undefined) throw new Error(`TEST_REDIS is one of ${SHAPES.join(', ')}.`);
  return shape;
}

/** With exactly the rights of deploy/redis/users.acl. */
async function withLeastRights(directory: string): Promise<RedisShape> {
  const port = await freePort();
  const file = join(directory, 'users.acl');
  const users = await readFile(join(ROOT, 'deploy/redis/users.acl'), 'utf8');
  // The test itself looks into the server as the default user.
  const usable = users
    .replace('user default off', 'user default on nopass ~* &* +@all')
    .replace('CHANGE-ME', 'password');
  await writeFile(file, usable);
  const environment = { REDIS_URL: `redis://cartwright:password@127.0.0.1:${port}` };
  return { options: `--port ${port} --aclfile ${file}`, environment, begin: nothing, stop: nothing };
}

/** With an authority of the test's own and a certificate of the client's, by TLS only. */
async function withTls(directory: string): Promise<RedisShape> {
  const port = await freePort();
  const { ca, server, client } = await makeCertificates(directory);
  const files = `--tls-ca-cert-file ${ca} --tls-cert-file ${server}.crt --tls-key-file ${server}.key`;
  const environment = {
    REDIS_URL: `rediss://127.0.0.1:${port}`,
    REDIS_TLS_CA_FILE: ca,
    REDIS_TLS_CERT_FILE: `${client}.crt`,
    REDIS_TLS_KEY_FILE: `${client}.key`,
    REDIS_TLS_SERVER_NAME: 'redis.test',
  };
  return { options: `--tls-port ${port} --tls-auth-clients yes ${files}`, environment, begin: nothing, stop: nothing };
}

/** Behind one Sentinel; `SentinelRedis` has replicas and three of them. */
async function withSentinel(): Promise<RedisShape> {
  const port = await freePort();
  const sentinels: Sentinel[] = [];
  const environment: Record<string, string> = {};
  return {
    options: `--port ${port}`,
    environment,
    begin: async () => {
      sentinels.push(await Sentinel.start(port, 1));
      Object.assign(environment, sentinelEnvironment(sentinels));
    },
    stop: async () => {
      await Promise.all(sentinels.map(async (sentinel) => sentinel.stop()));
    },
  };
}

/** A cluster of one node; `ClusterRedis` has several. */
async function asCluster(): Promise<RedisShape> {
  const [port, busPort] = [await freePort(), await freePort()];
  return {
    options: `--port ${port} --cluster-enabled yes --cluster-port ${busPort} --cluster-announce-ip 127.0.0.1`,
    environment: { REDIS_URL: `redis://127.0.0.1:${port}`, REDIS_MODE: 'cluster' },
    begin: async (client) => {
      await client.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
      await eventually(
        async () => client.cluster('INFO'),
        (info) => info.includes('cluster_state:ok'),
      );
    },
    stop: nothing,
  };
}
