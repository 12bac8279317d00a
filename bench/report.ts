import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { barChart } from './charts/bar-chart.js';
import { replaceSection, table } from './documents.js';
import type { Comparison, Memory, Tail } from './measure.js';
import type { Spread } from './statistics.js';
import type { Mix } from './traffic.js';

/** The results of one run. */
export interface Report {
  /** The version of Node. */
  readonly node: string;
  readonly comparisons: readonly Comparison[];
  readonly tail: Tail;
  readonly features: readonly FeatureCost[];
  readonly startMs: number;
  readonly memory: Memory | undefined;
}

/** What a feature costs: the processor time of a request with it as a ratio to that without, over all rounds of all pairs. */
export interface FeatureCost {
  readonly feature: string;
  readonly mix: Mix;
  readonly ratio: Spread;
}

/** The target for the ratio to the floor. */
const TARGETS: Readonly<Record<Mix, number>> = { mixed: 1.5, get: 1.4, add: 1.6, count: 1.8, product: 1 };

export function printReport(report: Report): void {
  process.stdout.write(`${tablesOf(report)}\n`);
}

/** Writes the tables and a chart of a run to the documents, replacing those of the same Node version. */
export async function writeReport(docs: string, report: Report): Promise<void> {
  const name = `node-${Number.parseInt(report.node.slice(1), 10)}`;
  await replaceSection(join(docs, 'performance.md'), name, tablesOf(report));
  await writeFile(join(docs, `performance-${name}.svg`), chartOf(report));
}

function tablesOf({ node, comparisons, tail, features, startMs, memory }: Report): string {
  const rows = comparisons.map(({ mix, floor, service, ratio, redis, requestsASecond }) => [
    mix,
    spread(floor, 0),
    spread(service, 0),
    spread(ratio, 2),
    `≤ ${TARGETS[mix]}`,
    spread(redis, 0),
    String(Math.round(requestsASecond)),
  ]);
  const others = [
    ['p99 at 60 % of the peak', `${ms(tail.service)} at ${Math.round(tail.requestsASecond)} requests/s`],
    ['the same for the floor', ms(tail.floor)],
    ...features.map(({ feature, mix, ratio }) => [`${feature}: ratio of ${mix} to that without`, spread(ratio, 3)]),
    ['Start to first response', `${Math.round(startMs)} ms`],
    ...(memory === undefined
      ? []
      : [
          ['Memory, idle', `${Math.round(memory.idle)} MiB`],
          [`Memory, after ${thousands(memory.requests / 2)} requests`, `${Math.round(memory.afterHalf)} MiB`],
          [`Memory, after ${thousands(memory.requests)} requests`, `${Math.round(memory.afterAll)} MiB`],
        ]),
  ];
  const head = ['Traffic', 'Floor, µs', 'Cartwright, µs', 'Ratio', 'Target', 'Redis, µs', 'Requests/s on one core'];
  return [
    `Node ${node.slice(1)} on ${cpus()[0]?.model.trim() ?? 'an unknown processor'}:`,
    table(head, rows),
    table(['Also', ''], others),
  ].join('\n\n');
}

function chartOf({ node, comparisons }: Report): string {
  return barChart({
    title: `CPU time per request, Node ${node.slice(1)}`,
    unit: 'µs',
    series: ['node:http', 'Cartwright'],
    groups: comparisons.map(({ mix, floor, service }) => ({ name: mix, values: [floor.median, service.median] })),
  });
}

const thousands = (requests: number): string => (Math.round(requests / 1000) * 1000).toLocaleString('en');

const ms = (microseconds: number): string => `${(microseconds / 1000).toFixed(1)} ms`;

function spread({ median, min, max }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}
