import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import { configParts, loadConfigParts } from '#config';
import { createRedis } from '#redis/client';
import { explainFailure } from '#runtime';
import { limitsOf } from './verify-data/limits.js';
import { verifyData } from './verify-data/verify-data.js';

/**
 * `npm run verify-data`: reads the whole Redis that the environment names, as the service would, and prints what breaks
 * an invariant. Exits with 0 if nothing does, with 1 if something does, with 2 if it could not be read.
 */

/** No caller waits for a reply here. */
const COMMAND_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 10_000;

// What the service would log of its connection is no finding.
Logger.overrideLogger(false);
try {
  const { redis: redisPart, cart, session, rateLimit } = configParts;
  const config = loadConfigParts({ redis: redisPart, cart, session, rateLimit });
  const redis = createRedis({ ...config.redis, commandTimeoutMs: COMMAND_TIMEOUT_MS });
  await once(redis, 'ready', { signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) });
  const { keys, others, findings } = await verifyData(redis, limitsOf(config), ({ key, problem }) => {
    process.stdout.write(`${key}: ${problem}\n`);
  });
  if (others > 0) process.stdout.write(`${others} keys are someone else's\n`);
  process.stdout.write(`${keys} keys read, ${findings} findings\n`);
  redis.disconnect();
  process.exitCode = findings === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exitCode = 2;
}
