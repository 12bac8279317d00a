import type { Redis } from 'ioredis';
import { eventually } from './eventually.js';
import { atPort, leastRights, tlsAtPort, type RedisPart } from './redis-part.js';
import { Sentinel, sentinelEnvironment } from './sentinel.js';
import { freePort } from './service-process.js';
import type { TestCertificates } from './test-certificates.js';

/** The kinds of Redis that the service can use; `sentinel-tls` and `cluster-tls` also have the fewest rights. */
export const SHAPES = ['plain', 'acl', 'tls', 'sentinel', 'cluster', 'sentinel-tls', 'cluster-tls'] as const;
export type Shape = (typeof SHAPES)[number];

/** How a server is started, and how a service reaches it. */
export interface RedisShape {
  readonly options: string;
  /** undefined if the service needs only its socket. */
  readonly environment: Readonly<Record<string, string>> | undefined;
  /** @param client a client of the server, which has all rights. */
  begin(client: Redis): Promise<void>;
  stop(): Promise<void>;
}

const nothing = async (): Promise<void> => Promise.resolve();

const MAKERS: Record<Shape, (directory: string) => Promise<RedisShape>> = {
  plain: async () => Promise.resolve({ options: '', environment: undefined, begin: nothing, stop: nothing }),
  acl: async (directory) => of(atPort(await freePort()), await leastRights(directory)),
  tls: async (directory) => of(await tlsAtPort(await freePort(), directory)),
  sentinel: async () => {
    const port = await freePort();
    return behindSentinel(port, of(atPort(port)));
  },
  cluster: async () => inCluster(of(atPort(await freePort()))),
  'sentinel-tls': async (directory) => {
    const port = await freePort();
    const tls = await tlsAtPort(port, directory);
    return behindSentinel(port, of(tls, await leastRights(directory)), tls.certificates);
  },
  'cluster-tls': async (directory) =>
    inCluster(of(await tlsAtPort(await freePort(), directory), await leastRights(directory))),
};

/** @param directory a folder for this server only. */
export async function shapeOf(shape: Shape, directory: string): Promise<RedisShape> {
  return MAKERS[shape](directory);
}

/** The kind chosen by `npm run test:redis`. */
export function chosenShape(): Shape {
  const shape = SHAPES.find((name) => name === (process.env.TEST_REDIS ?? 'plain'));
  if (shape === undefined) throw new Error(`TEST_REDIS is one of ${SHAPES.join(', ')}.`);
  return shape;
}

function of(...parts: readonly RedisPart[]): RedisShape {
  return {
    options: parts.map(({ options }) => options).join(' '),
    environment: Object.assign({}, ...parts.map(({ environment }) => environment)),
    begin: nothing,
    stop: nothing,
  };
}

/** Behind one Sentinel; `SentinelRedis` has replicas and three of them. */
function behindSentinel(port: number, server: RedisShape, certificates?: TestCertificates): RedisShape {
  const isAddress = (name: string): boolean => ['REDIS_HOST', 'REDIS_PORT'].includes(name);
  const environment = Object.fromEntries(Object.entries(server.environment ?? {}).filter(([name]) => !isAddress(name)));
  const sentinels: Sentinel[] = [];
  return {
    options: server.options,
    environment,
    begin: async () => {
      sentinels.push(await Sentinel.start(port, 1, certificates));
      Object.assign(environment, sentinelEnvironment(sentinels));
    },
    stop: async () => {
      await Promise.all(sentinels.map(async (sentinel) => sentinel.stop()));
    },
  };
}

/** A cluster of one node; `ClusterRedis` has several. */
async function inCluster({ options, environment }: RedisShape): Promise<RedisShape> {
  return {
    options: `${options} --cluster-enabled yes --cluster-port ${await freePort()} --cluster-announce-ip 127.0.0.1`,
    environment: { ...environment, REDIS_MODE: 'cluster' },
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
