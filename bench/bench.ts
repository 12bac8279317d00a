import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { stayOffServerCore } from './cores.js';
import { compare, measureMemory, measureTail, type Comparison, type Plan } from './measure.js';
import { benchOptions } from './options.js';
import { printReport, writeReport, type Report } from './report.js';
import { startFloor, startService, writeTokens } from './shop.js';
import { MIXES } from './traffic.js';
import { inWorkshop, ROOT } from './workshop.js';

/** `npm run bench`: the service against a floor of plain `node:http`, in processor time a request. */

const USERS = 1000;
const REQUESTS = 1_000_000;

const { quick, node } = benchOptions();
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
  plan.progress(`first answer after ${Math.round(startMs)} ms`);

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
    return { node: nodeVersion(), comparisons, tail, startMs, memory };
  } finally {
    await service.stop();
    await floor.stop();
  }
}

function nodeVersion(): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
}
