import { findMonitoringProgram } from '../../scripts/monitoring-programs.js';
import { RedisExporter } from '../drill/monitoring/redis-exporter.js';
import { itWith } from '../support/it-with.js';
import { KnownSeries } from '../support/known-series.js';
import { REDIS_EXPORTER_METRICS } from '../support/redis-exporter.js';
import { RedisPair } from '../support/redis-pair.js';
import { Scrape } from '../support/scrape.js';

const exporter = findMonitoringProgram('redis_exporter');
const missing = exporter === undefined ? ['redis_exporter'] : [];

/** What exporters of a primary and of its replica return. */
async function exported(program: string): Promise<KnownSeries> {
  const pair = await RedisPair.start();
  const known = new KnownSeries();
  try {
    await pair.primary.client.set('key', 'value');
    for (const server of [pair.primary, pair.replica]) {
      const running = await RedisExporter.start(program, await server.openPort());
      known.addScrape(await Scrape.of(running.url));
      await running.stop();
    }
  } finally {
    await pair.stop();
  }
  return known;
}

itWith(
  missing,
  'a real redis_exporter has each metric, label and value that rules and dashboards may name',
  async () => {
    const known = await exported(exporter ?? '');
    for (const [metric, labels] of Object.entries(REDIS_EXPORTER_METRICS)) {
      expect(known.names).toContain(metric);
      expect(known.labelsOf(metric)).toEqual(expect.arrayContaining(Object.keys(labels)));
      for (const [label, values] of Object.entries(labels)) {
        expect(known.valuesOf(metric, label)).toEqual(expect.arrayContaining([...values]));
      }
    }
  },
);
