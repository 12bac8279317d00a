import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import { configParts, loadConfigParts } from '#config';
import { createRedis, primariesOf, type RedisClient } from '#redis/client';
import { explainFailure } from '#runtime';
import { parseCommandLine } from './command-line/command-line.js';
import { limitsOf } from './verify-data/limits.js';
import { verifyData } from './verify-data/verify-data.js';

/**
 * `npm run verify-data`: reads the whole Redis that the environment names, as the service would, and prints every violated
 * invariant. Exits with 0 if there is none, with 1 if there is one, and with 2 if the data could not be read.
 */

/** No client waits for a reply here. */
const COMMAND_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 10_000;

parseCommandLine({
  help: `
Usage: npm run verify-data

Reads the whole Redis that the environment names (REDIS_URL, or REDIS_HOST and the others), changes nothing, and prints every
violated invariant. Exits with 0 if there is none, with 1 if there is one, with 2 if the data could not be read.`,
  options: {},
});

// What the service would log about its connection is not a finding.
Logger.overrideLogger(false);
try {
  const { redis: redisPart, cart, session, rateLimit } = configParts;
  const config = loadConfigParts({ redis: redisPart, cart, session, rateLimit });
  const redis = createRedis({ ...config.redis, commandTimeoutMs: COMMAND_TIMEOUT_MS });
  try {
    await connected(redis);
    const { keys, others, findings } = await verifyData(redis, limitsOf(config), ({ key, problem }) => {
      process.stdout.write(`${key}: ${problem}\n`);
    });
    if (others > 0) process.stdout.write(`${others} keys belong to other programs\n`);
    process.stdout.write(`${keys} keys read, ${findings} findings\n`);
    process.exitCode = findings === 0 ? 0 : 1;
  } finally {
    redis.disconnect();
  }
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exitCode = 2;
}

/** Waits for every primary, because a cluster is ready with the first of them. */
async function connected(redis: RedisClient): Promise<void> {
  const signal = AbortSignal.timeout(CONNECT_TIMEOUT_MS);
  await once(redis, 'ready', { signal });
  const late = primariesOf(redis).filter(({ status }) => status !== 'ready');
  await Promise.all(late.map(async (primary) => once(primary, 'ready', { signal })));
}
