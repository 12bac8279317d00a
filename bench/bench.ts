import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { stayOffServerCore } from './cores.js';
import { Collector, COLLECTOR_URL } from './collector.js';
import { compare, measureMemory, measureTail, type Comparison, type Plan } from './measure.js';
import { benchOptions } from './options.js';
import { measurePairs, PAIRED_MIXES, type Pair } from './pairs.js';
import { printReport, writeReport, type FeatureCost, type Report } from './report.js';
import { startFloor, startService, startVariant, writeTokens } from './shop.js';
import { spreadOf } from './statistics.js';
import { MIXES } from './traffic.js';
import { inWorkshop, ROOT } from './workshop.js';

/** `npm run bench`: compares the service's CPU time per request with that of a floor of plain `node:http`. */

const USERS = 1000;
const REQUESTS = 1_000_000;

const { quick, node } = benchOptions(
  'bench',
  'Compares the service with a floor of plain node:http, in CPU time per request.',
);
await inWorkshop(async (redis, directory) => {
  const report = await measure({
    redis,
    tokens: await writeTokens(directory, USERS),
    rounds: quick ? 1 : 3,
    seconds: quick ? 2 : 5,
    pairs: quick ? 1 : 3,
    progress: (line) => process.stderr.write(`${line}\n`),
  });
  printReport(report);
  if (!quick) await writeReport(join(ROOT, 'docs'), report);
});

async function measure(plan: Plan): Promise<Report> {
  const { redis } = plan;
  const unpinned = await startService(node, redis, false);
  const { startMs } = unpinned;
  await unpinned.stop();
  stayOffServerCore();
  plan.progress(`first response after ${Math.round(startMs)} ms`);

  const service = await startService(node, redis);
  const memory = quick ? undefined : await measureMemory(service, REQUESTS, plan);
  const floor = await startFloor(node, redis);
  try {
    const comparisons: Comparison[] = [];
    // Adds come first, so that carts hold 20 lines when they are read.
    for (const mix of ['add', ...MIXES.filter((each) => each !== 'add')] as const) {
      comparisons.push(await compare({ floor, service }, mix, plan));
    }
    const mixed = comparisons.find(({ mix }) => mix === 'mixed');
    const tail = await measureTail({ floor, service }, mixed?.requestsASecond ?? 0, plan);
    const features = await costOfFeatures(mixed?.requestsASecond ?? 0, plan);
    return { node: nodeVersion(), comparisons, tail, features, startMs, memory };
  } finally {
    await service.stop();
    await floor.stop();
  }
}

/** What operators can turn on, each compared with the service as it is shipped. */
async function costOfFeatures(peak: number, plan: Plan): Promise<FeatureCost[]> {
  const collector = await Collector.start();
  const sampled = (share: string): Record<string, string> => ({
    OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR_URL,
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: share,
  });
  const features = {
    'Metrics on': { METRICS_TOKEN: 'a token for benchmarks, of 32 bytes or more' },
    'Traces, 1 % sampled': sampled('0.01'),
    'Traces, all sampled': sampled('1'),
  };
  const costs: FeatureCost[] = [];
  try {
    for (const [feature, settings] of Object.entries(features)) {
      const start = async (): Promise<Pair> => ({
        base: await startVariant('base', node, plan.redis, ROOT),
        changed: await startVariant('changed', node, plan.redis, ROOT, settings),
      });
      const ratios = await measurePairs(feature, start, peak, plan);
      costs.push(...PAIRED_MIXES.map((mix) => ({ feature, mix, ratio: spreadOf(ratios[mix].flat()) })));
    }
  } finally {
    collector.stop();
  }
  return costs;
}

function nodeVersion(): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
}
