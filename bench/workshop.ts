import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureRedis } from '../scripts/ensure-redis.js';
import { installSystemPackage, isOnPath } from '../scripts/system-package.js';
import { BenchRedis } from './redis-server.js';
import { fillProducts } from './shop.js';

export const ROOT = join(import.meta.dirname, '../..');
const REDIS_PORT = 18_102;

/** Sets up a Redis with products and a folder for a benchmark, and cleans up after it. */
export async function inWorkshop(work: (redis: BenchRedis, directory: string) => Promise<void>): Promise<void> {
  if (!isOnPath('wrk')) installSystemPackage({ 'apt-get': 'wrk', dnf: 'wrk', apk: 'wrk' });
  const configuration = join(ROOT, 'deploy/redis/redis.conf');
  const redis = await BenchRedis.start(await ensureRedis(), configuration, REDIS_PORT);
  const directory = await mkdtemp(join(tmpdir(), 'cartwright-bench-'));
  try {
    await fillProducts(redis);
    await work(redis, directory);
  } finally {
    await redis.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
