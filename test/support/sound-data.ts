import { once } from 'node:events';
import { Cluster, type Redis } from 'ioredis';
import { loadConfig, type EnvironmentVariables } from '#config';
import type { RedisClient } from '#redis/client';
import { limitsOf } from '../../scripts/verify-data/limits.js';
import { verifyData, type Finding } from '../../scripts/verify-data/verify-data.js';
import type { ClusterRedis } from './cluster-redis.js';

/** Most services in tests have rate limits that no test reaches. */
const LIMITS = { RATE_LIMIT_MAX: '1000000000', RATE_LIMIT_ADDRESS_MAX: '1000000000' };

/** The findings of `npm run verify-data` for a Redis that only the service has written to. */
export async function dataFindings(
  redis: RedisClient | Redis,
  environment: EnvironmentVariables = {},
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const limits = limitsOf(loadConfig({ REDIS_HOST: 'unused', ...LIMITS, ...environment }));
  const { others } = await verifyData(redis, limits, (finding) => findings.push(finding));
  if (others > 0) findings.push({ key: '*', problem: `${others} keys are of no kind that the service writes` });
  return findings;
}

/**
 * Expects that nothing in Redis breaks an invariant.
 * @param redis a client of the server, or of a whole cluster.
 * @param environment of the service, if its lifetimes or limits differ from those of most tests.
 */
export async function expectSoundData(
  redis: RedisClient | Redis,
  environment: EnvironmentVariables = {},
): Promise<void> {
  expect(await dataFindings(redis, environment)).toEqual([]);
}

/** Expects the same of a whole cluster, once all its slots are served. */
export async function expectSoundCluster({ nodes }: ClusterRedis): Promise<void> {
  const cluster = new Cluster(nodes.map(({ port }) => ({ host: '127.0.0.1', port })));
  try {
    await once(cluster, 'ready');
    await expectSoundData(cluster);
  } finally {
    cluster.disconnect();
  }
}
