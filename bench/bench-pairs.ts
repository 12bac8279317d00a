import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseCommandLine } from '../scripts/command-line/command-line.js';
import { exitWithUsageError } from '../scripts/command-line/usage-error.js';
import { wholeNumber } from '../scripts/command-line/whole-number.js';
import { Collector, COLLECTOR_URL } from './collector.js';
import { stayOffServerCore } from './cores.js';
import { table } from './documents.js';
import { measurePairs, PAIRED_MIXES, type Pair, type PairedMix, type PairedRatios } from './pairs.js';
import type { BenchRedis } from './redis-server.js';
import { startService, startVariant, writeTokens } from './shop.js';
import { geometricMean, meanRatioOf } from './statistics.js';
import { drive } from './traffic.js';
import { inWorkshop, ROOT } from './workshop.js';

/** `npm run bench:pairs`: shows differences of one or two percent between two builds or two settings. */

const USERS = 1000;
const ROUNDS = 3;
const SECONDS = 5;

const { values } = parseCommandLine({
  help: `
Usage: npm run bench:pairs -- [options]

Compares the CPU time of a request in this build with that in another, or with a setting and without. Pairs of new processes are
loaded at the same time, at 30 % of what one can serve. A pair takes a little more than a minute.

Options:
  --against <folder>    a folder in which another version is installed and built (default: this one)
  --set <NAME=value>    a setting of this build only; as often as needed. A collector of traces is at
                        ${COLLECTOR_URL}
  --pairs <number>      2 to 100 (default: 10)
  --node <path>         the Node program that runs the service (default: this one)
  -h, --help            print this`,
  options: {
    against: { type: 'string', default: ROOT },
    set: { type: 'string', multiple: true, default: [] },
    pairs: { type: 'string', default: '10' },
    node: { type: 'string', default: process.execPath },
  },
});
const pairs = wholeNumber('pairs', values.pairs, 2, 100);
const against = resolve(values.against);
const settings = Object.fromEntries(values.set.map(parseSetting));
if (!existsSync(join(against, 'dist/api/main.js'))) exitWithUsageError(`There is no build in ${against}`);
if (against === resolve(ROOT) && values.set.length === 0) exitWithUsageError('Pass --against, --set or both');

const collector = await Collector.start();
try {
  await inWorkshop(async (redis, directory) => {
    stayOffServerCore();
    const ratios = await measure(redis, await writeTokens(directory, USERS));
    process.stdout.write(
      `${table(
        ['Traffic', 'Ratio', 'Each pair'],
        PAIRED_MIXES.map((mix) => rowOf(mix, ratios)),
      )}\n`,
    );
  });
} finally {
  collector.stop();
}

async function measure(redis: BenchRedis, tokens: string): Promise<PairedRatios> {
  const start = async (): Promise<Pair> => ({
    base: await startVariant('base', values.node, redis, against),
    changed: await startVariant('changed', values.node, redis, ROOT, settings),
  });
  const progress = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const plan = { pairs, rounds: ROUNDS, seconds: SECONDS, tokens, progress };
  return measurePairs('changed to base', start, await peakOf(redis, tokens), plan);
}

/** Requests a second of mixed traffic, on carts of 20 lines. */
async function peakOf(redis: BenchRedis, tokens: string): Promise<number> {
  const service = await startService(values.node, redis);
  try {
    await drive(service, { mix: 'add', seconds: SECONDS, tokens });
    return (await drive(service, { mix: 'mixed', seconds: SECONDS, tokens })).requestsASecond;
  } finally {
    await service.stop();
  }
}

function rowOf(mix: PairedMix, ratios: PairedRatios): string[] {
  const ofPairs = ratios[mix].map(geometricMean);
  const { mean, uncertainty } = meanRatioOf(ofPairs);
  return [mix, `${mean.toFixed(3)} ± ${uncertainty.toFixed(3)}`, ofPairs.map((ratio) => ratio.toFixed(3)).join(' ')];
}

function parseSetting(text: string): [string, string] {
  const [, name, value] = /^([A-Z0-9_]+)=(.*)$/.exec(text) ?? exitWithUsageError(`--set takes NAME=value, not ${text}`);
  return [name ?? '', value ?? ''];
}
