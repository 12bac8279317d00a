import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseCommandLine } from '../scripts/command-line/command-line.js';
import { exitWithUsageError } from '../scripts/command-line/usage-error.js';
import { ensureRedis } from '../scripts/ensure-redis.js';
import { stayOffServerCore } from './cores.js';
import { BenchRedis } from './redis-server.js';
import { DATABASES, startService, tokenOf } from './shop.js';
import { reportOf, writeReport } from './soak/report.js';
import { soak } from './soak/soak-run.js';
import { verdictsOf } from './soak/verdicts.js';

/**
 * `npm run soak`: simulates shoppers of all kinds for half an hour, and measures what grows in the service and what they leave
 * behind.
 */

const ROOT = join(import.meta.dirname, '../..');
const REDIS_PORT = 18_102;
const FULL_MINUTES = 30;
/** About 180 requests a second, a small part of what the service can process. */
const PACE = { visitsASecond: 16, users: 200, pauseMs: 150 } as const;
const SAMPLE_SECONDS = 5;

const { values } = parseCommandLine({
  help: `
Usage: npm run soak -- [options]

Sends shoppers of all kinds, and measures what grows in the service and what they leave behind.

Options:
  --minutes <number>  how long, up to 60 (default: ${FULL_MINUTES})
  --node <path>       the Node program that runs the service (default: this one)
  --write             write docs/soak.svg and its table, as a full run does
  -h, --help          print this`,
  options: {
    minutes: { type: 'string', default: String(FULL_MINUTES) },
    node: { type: 'string', default: process.execPath },
    write: { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes);
// After an hour, new idempotency records of a user would begin to evict the oldest.
if (!(minutes > 0 && minutes <= 60)) exitWithUsageError('--minutes takes a number up to 60');

const redis = await BenchRedis.start(await ensureRedis(), join(ROOT, 'deploy/redis/redis.conf'), REDIS_PORT);
await redis.client.select(DATABASES.cartwright);
const service = await startService(values.node, redis);
stayOffServerCore();
try {
  const soaked = await soak({
    service,
    redis: redis.client,
    authorizationOf: (userId, ...roles) => `Bearer ${tokenOf(userId, ...roles)}`,
    pace: { ...PACE, seconds: minutes * 60 },
    sampleSeconds: Math.min(SAMPLE_SECONDS, minutes),
    progress: (sample) => process.stderr.write(`${JSON.stringify(sample)}\n`),
  });
  const verdicts = verdictsOf(soaked);
  const version = execFileSync(values.node, ['--version'], { encoding: 'utf8' }).trim();
  const report = reportOf(soaked, verdicts, version);
  process.stdout.write(`${report}\n`);
  if (values.write || minutes >= FULL_MINUTES) await writeReport(join(ROOT, 'docs'), soaked, report);
  if (!verdicts.every(({ holds }) => holds)) process.exitCode = 1;
} finally {
  await service.stop();
  await redis.stop();
}
