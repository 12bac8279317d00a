import { findMonitoringProgram } from '../../scripts/monitoring-programs.js';
import { RedisExporter } from '../drill/monitoring/redis-exporter.js';
import { itWith } from '../support/it-with.js';
import { KnownSeries } from '../support/known-series.js';
import { REDIS_EXPORTER_METRICS } from '../support/redis-exporter.js';
import { RedisPair } from '../support/redis-pair.js';
import { Scrape } from '../support/scrape.js';
import type { TestRedis } from '../support/test-redis.js';

const exporter = findMonitoringProgram('redis_exporter');
const missing = exporter === undefined ? ['redis_exporter'] : [];

let pair: RedisPair;
beforeAll(async () => {
  pair = await RedisPair.start();
  await pair.primary.client.set('key', 'value');
});
afterAll(async () => {
  await pair.stop();
});

/** What an exporter of a server returns. */
async function scrapeOf(program: string, server: TestRedis): Promise<Scrape> {
  const running = await RedisExporter.start(program, await server.openPort());
  try {
    return await Scrape.of(running.url);
  } finally {
    await running.stop();
  }
}

itWith(
  missing,
  'a real redis_exporter has each metric, label and value that rules and dashboards may name',
  async () => {
    const known = new KnownSeries();
    for (const server of [pair.primary, pair.replica]) known.addScrape(await scrapeOf(exporter ?? '', server));
    for (const [metric, labels] of Object.entries(REDIS_EXPORTER_METRICS)) {
      expect(known.names).toContain(metric);
      expect(known.labelsOf(metric)).toEqual(expect.arrayContaining(Object.keys(labels)));
      for (const [label, values] of Object.entries(labels)) {
        expect(known.valuesOf(metric, label)).toEqual(expect.arrayContaining([...values]));
      }
    }
  },
);
