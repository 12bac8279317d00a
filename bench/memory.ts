import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureRedis } from '../scripts/ensure-redis.js';
import { installSystemPackage, isOnPath } from '../scripts/system-package.js';
import { lineChart } from './charts/line-chart.js';
import { replaceSection, table } from './documents.js';
import { measureGrowth, type Growth } from './growth.js';
import { benchOptions } from './options.js';
import { BenchRedis } from './redis-server.js';
import { fillProducts, SERVICE_DATABASE, startService, tokenOf, writeTokens } from './shop.js';
import { ShopKeys } from './shop-keys.js';

/** `npm run bench:memory`: what carts, sessions and products take in Redis, and whether many of them make requests dearer. */

const ROOT = join(import.meta.dirname, '../..');
const REDIS_PORT = 18_102;
const USERS = 1000;

const { quick, node } = benchOptions();
if (!isOnPath('wrk')) installSystemPackage({ 'apt-get': 'wrk', dnf: 'wrk', apk: 'wrk' });
const SIZES = quick ? [1000, 10_000] : [1000, 10_000, 100_000, 1_000_000];

const directory = await mkdtemp(join(tmpdir(), 'cartwright-bench-'));
const redis = await BenchRedis.start(await ensureRedis(), join(ROOT, 'deploy/redis/redis.conf'), REDIS_PORT);
try {
  await fillProducts(redis);
  await redis.client.select(SERVICE_DATABASE);
  const service = await startService(node, redis, directory);
  try {
    const keys = new ShopKeys(redis.client, service.url, tokenOf);
    const objects = await keys.sizes();
    const tokens = await writeTokens(directory, USERS);
    const growth = await measureGrowth({ redis, service, keys, tokens, sizes: SIZES, seconds: quick ? 2 : 5 });
    const text = `${objectTable(objects)}\n\n${growthTable(growth)}`;
    process.stdout.write(`${text}\n`);
    if (!quick) {
      await replaceSection(join(ROOT, 'docs/performance.md'), 'memory', text);
      await writeFile(join(ROOT, 'docs/performance-memory.svg'), chartOf(growth));
    }
  } finally {
    await service.stop();
  }
} finally {
  await redis.stop();
  await rm(directory, { recursive: true, force: true });
}

function objectTable(objects: Awaited<ReturnType<ShopKeys['sizes']>>): string {
  const rows = objects.map(({ name, bytes, plainBytes }) => [
    name,
    String(bytes),
    String(plainBytes),
    (bytes / plainBytes).toFixed(2),
  ]);
  return table(['What', 'Bytes', 'Plain, bytes', 'Ratio'], rows);
}

function growthTable(growth: readonly Growth[]): string {
  const rows = growth.map(({ carts, mebibytes, bytesACart, cpuARead, redisCpuARead }) => [
    carts.toLocaleString('en'),
    Math.round(mebibytes).toLocaleString('en'),
    String(Math.round(bytesACart)),
    cpuARead.toFixed(0),
    redisCpuARead.toFixed(1),
  ]);
  return table(['Carts', 'Redis, MiB', 'Bytes a cart', 'µs a `GET /cart`', 'µs of Redis'], rows);
}

function chartOf(growth: readonly Growth[]): string {
  return lineChart({
    title: 'Memory of Redis by the number of carts of 20 lines',
    x: { name: 'carts', values: growth.map(({ carts }) => carts) },
    y: { name: 'MiB', values: growth.map(({ mebibytes }) => mebibytes) },
  });
}
