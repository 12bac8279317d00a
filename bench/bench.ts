import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { stayOffServerCore } from './cores.js';
import { compare, measureMemory, measureTail, type Comparison, type Plan } from './measure.js';
import type { MeasuredServer } from './measured-server.js';
import { measureMetrics, type MetricsCost } from './metrics-cost.js';
import { benchOptions } from './options.js';
import { printReport, writeReport, type Report } from './report.js';
import { startFloor, startService, startWithMetrics, writeTokens } from './shop.js';
import { MIXES } from './traffic.js';
import { inWorkshop, ROOT } from './workshop.js';

/** `npm run bench`: compares the service's CPU time per request with that of a floor of plain `node:http`. */

const USERS = 1000;
const REQUESTS = 1_000_000;
const METRICS_ROUNDS = 11;

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
    const metrics = await costOfMetrics(service, mixed?.requestsASecond ?? 0, plan);
    return { node: nodeVersion(), comparisons, tail, metrics, startMs, memory };
  } finally {
    await service.stop();
    await floor.stop();
  }
}

async function costOfMetrics(without: MeasuredServer, peak: number, plan: Plan): Promise<MetricsCost[]> {
  const measured = await startWithMetrics(node, plan.redis);
  try {
    return await measureMetrics({ without, with: measured }, peak, quick ? 3 : METRICS_ROUNDS, plan);
  } finally {
    await measured.stop();
  }
}

function nodeVersion(): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
}
