import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lineChart } from './charts/line-chart.js';
import { stayOffServerCore } from './cores.js';
import { replaceSection, table } from './documents.js';
import { measureGrowth, type Growth } from './growth.js';
import { benchOptions } from './options.js';
import { ShopKeys, type ObjectSize } from './shop-keys.js';
import { DATABASES, startControl, startService, tokenOf, writeTokens } from './shop.js';
import { inWorkshop, ROOT } from './workshop.js';

/**
 * `npm run bench:memory`: measures the size of carts, sessions and products in Redis, and whether many carts make requests
 * slower.
 */

const USERS = 1000;

const { quick, node } = benchOptions(
  'bench:memory',
  'Measures what carts, sessions and products take in Redis, and whether many of them make requests slower.',
);
const SIZES = quick ? [1000, 10_000] : [1000, 10_000, 100_000, 1_000_000];

stayOffServerCore();
await inWorkshop(async (redis, directory) => {
  await redis.client.select(DATABASES.control);
  const control = await startControl(node, redis);
  const controlKeys = new ShopKeys(redis.client, control.url, tokenOf);
  await controlKeys.sizes();
  await controlKeys.copyCarts(0, USERS);
  await redis.client.select(DATABASES.cartwright);
  const service = await startService(node, redis);
  try {
    const keys = new ShopKeys(redis.client, service.url, tokenOf);
    const objects = await keys.sizes();
    const tokens = await writeTokens(directory, USERS);
    const growth = await measureGrowth({
      redis,
      service,
      control,
      keys,
      tokens,
      sizes: SIZES,
      seconds: quick ? 2 : 5,
    });
    const text = `${objectTable(objects)}\n\n${growthTable(growth)}`;
    process.stdout.write(`${text}\n`);
    if (!quick) {
      await replaceSection(join(ROOT, 'docs/performance.md'), 'memory', text);
      await writeFile(join(ROOT, 'docs/performance-memory.svg'), chartOf(growth));
    }
  } finally {
    await service.stop();
    await control.stop();
  }
});

function objectTable(objects: readonly ObjectSize[]): string {
  const rows = objects.map(({ name, bytes, plainBytes }) => [
    name,
    String(bytes),
    String(plainBytes),
    (bytes / plainBytes).toFixed(2),
  ]);
  return table(['What', 'Bytes', 'Plain, bytes', 'Ratio'], rows);
}

function growthTable(growth: readonly Growth[]): string {
  const rows = growth.map(({ carts, mebibytes, bytesACart, cpuARead, ratio, redisCpuARead }) => [
    carts.toLocaleString('en'),
    Math.round(mebibytes).toLocaleString('en'),
    String(Math.round(bytesACart)),
    cpuARead.toFixed(0),
    `${ratio.median.toFixed(2)} (${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)})`,
    redisCpuARead.toFixed(1),
  ]);
  return table(
    ['Carts', 'Redis, MiB', 'Bytes per cart', 'µs per `GET /cart`', 'Ratio to 1,000 carts', 'Redis, µs'],
    rows,
  );
}

function chartOf(growth: readonly Growth[]): string {
  return lineChart({
    title: 'Redis memory by number of carts with 20 lines',
    x: { name: 'carts', values: growth.map(({ carts }) => carts) },
    y: { name: 'MiB', values: growth.map(({ mebibytes }) => mebibytes) },
  });
}
