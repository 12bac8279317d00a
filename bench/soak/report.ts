import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { timeChart } from '../charts/time-chart.js';
import { replaceSection, table } from '../documents.js';
import type { Soaked } from './soak-run.js';
import { predictedGrowth, warmSamples, type Verdict } from './verdicts.js';

const MIB = 1024 ** 2;

/**
 * The verdicts as a table.
 * @param node the Node version that the service ran on, such as `v24.1.0`.
 */
export function reportOf({ requests, samples }: Soaked, verdicts: readonly Verdict[], node: string): string {
  const minutes = (samples.at(-1)?.at ?? 0) / 60;
  const rows = verdicts.map(({ name, measured, wanted, holds }) => [name, measured, wanted, holds ? 'yes' : 'no']);
  const pace = `${(requests / minutes / 60).toFixed(0)} requests a second`;
  const where = `Node ${node.slice(1)} on ${cpus()[0]?.model.trim() ?? 'an unknown processor'}`;
  return `${where}, ${minutes.toFixed(0)} min at ${pace}:\n\n${table(['What', 'Measured', 'Target', 'Met'], rows)}`;
}

/** Writes the report and a chart to the documents. */
export async function writeReport(docs: string, soaked: Soaked, report: string): Promise<void> {
  await replaceSection(join(docs, 'performance.md'), 'soak', report);
  await writeFile(join(docs, 'soak.svg'), chartOf(soaked));
}

function chartOf({ samples }: Soaked): string {
  const warm = warmSamples(samples);
  const minutes = samples.map(({ at }) => at / 60);
  const predicted = predictedGrowth(samples, warm).map((bytes) => bytes / MIB);
  return timeChart({
    title: 'Soak test over time',
    panels: [
      { name: 'Resident memory, MiB', lines: [{ minutes, values: samples.map(({ residentMiB }) => residentMiB) }] },
      { name: 'Open handles', lines: [{ minutes, values: samples.map(({ handles }) => handles) }] },
      { name: 'p99, ms', lines: [{ minutes, values: samples.map(({ p99 }) => p99) }] },
      {
        name: 'Redis, MiB; grey: predicted by docs/redis-keys.md',
        lines: [
          { minutes, values: samples.map(({ redisBytes }) => redisBytes / MIB) },
          { minutes: warm.map(({ at }) => at / 60), values: predicted },
        ],
      },
    ],
  });
}
