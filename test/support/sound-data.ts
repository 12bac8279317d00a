import type { Redis } from 'ioredis';
import { loadConfig, type EnvironmentVariables } from '#config';
import type { RedisClient } from '#redis';
import { limitsOf } from '../../scripts/verify-data/limits.js';
import { verifyData, type Finding } from '../../scripts/verify-data/verify-data.js';

/** What breaks an invariant in a Redis that only the service has written to, as `npm run verify-data` says it. */
export async function dataFindings(
  redis: RedisClient | Redis,
  environment: EnvironmentVariables = {},
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const limits = limitsOf(loadConfig({ REDIS_HOST: 'unused', ...environment }));
  const { others } = await verifyData(redis, limits, (finding) => findings.push(finding));
  if (others > 0) findings.push({ key: '*', problem: `${others} keys are of no kind that the service has` });
  return findings;
}

/**
 * Expects that nothing in Redis breaks an invariant.
 * @param redis a client of the server, or of a whole cluster.
 * @param environment of the service, where it differs from the defaults in lifetimes or limits.
 */
export async function expectSoundData(
  redis: RedisClient | Redis,
  environment: EnvironmentVariables = {},
): Promise<void> {
  expect(await dataFindings(redis, environment)).toEqual([]);
}
