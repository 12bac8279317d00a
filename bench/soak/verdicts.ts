import { spreadOf } from '../statistics.js';
import { leftBehind } from './left-behind.js';
import { predictedBytes } from './prediction.js';
import { ledgerBefore, type Sample } from './samples.js';
import type { Soaked } from './soak-run.js';

/** A condition that must hold after a soak, and whether it does. */
export interface Verdict {
  readonly name: string;
  readonly measured: string;
  readonly wanted: string;
  readonly holds: boolean;
}

/** Growth up to these factors is ignored: V8's heap and other load on the machine vary that much. */
const FLAT = { memory: 1.1, handles: 1.1, p99: 1.5 } as const;
/** One more garbage collection doubles a tail of a few milliseconds. */
const P99_SLACK_MS = 5;
const GROWTH_TOLERANCE = 0.1;

/** The samples after the first sixth, during which V8 compiles, and histories and checkouts of users fill up. */
export function warmSamples(samples: readonly Sample[]): Sample[] {
  const end = samples.at(-1)?.at ?? 0;
  return samples.filter(({ at }) => at >= end / 6);
}

/** The bytes in Redis at each sample, as docs/redis-keys.md predicts them, from the first of these samples on. */
export function predictedGrowth(all: readonly Sample[], from: readonly Sample[]): number[] {
  const rows = leftBehind();
  const predictions = from.map(({ at, keys }) =>
    predictedBytes(rows, (seconds) => ledgerBefore(all, at, seconds), keys),
  );
  const base = (from[0]?.redisBytes ?? 0) - (predictions[0] ?? 0);
  return predictions.map((bytes) => base + bytes);
}

export function verdictsOf({ requests, failures, samples, handles, keyFindings }: Soaked): Verdict[] {
  const warm = warmSamples(samples);
  const failed = [...failures].map(([what, count]) => `${what} (${count})`);
  return [
    verdict(
      'Failed requests',
      `${failed.join(', ') || '0'} of ${requests.toLocaleString('en')}`,
      'none',
      failed.length === 0,
    ),
    flat(
      'Resident memory',
      'MiB',
      warm.map(({ residentMiB }) => residentMiB),
      FLAT.memory,
    ),
    flat(
      'Open handles',
      '',
      warm.map((sample) => sample.handles),
      FLAT.handles,
    ),
    verdict(
      'Open handles after all left',
      String(handles.after),
      `at most ${handles.before}, as after the first left`,
      handles.after <= handles.before,
    ),
    flat(
      'p99',
      'ms',
      warm.map(({ p99 }) => p99).filter((p99) => p99 > 0),
      FLAT.p99,
      P99_SLACK_MS,
    ),
    verdict(
      'Keys in Redis',
      keyFindings.join('; ') || 'all counts match',
      'as in docs/redis-keys.md',
      keyFindings.length === 0,
    ),
    growth(samples, warm),
  ];
}

function growth(samples: readonly Sample[], warm: readonly Sample[]): Verdict {
  const grown = (warm.at(-1)?.redisBytes ?? 0) - (warm[0]?.redisBytes ?? 0);
  const predicted = (predictedGrowth(samples, warm).at(-1) ?? 0) - (warm[0]?.redisBytes ?? 0);
  return verdict(
    'Redis memory growth',
    `${kib(grown)} (${(grown / predicted).toFixed(3)} times)`,
    `${kib(predicted)} ± ${GROWTH_TOLERANCE * 100} %, as in docs/redis-keys.md`,
    Math.abs(grown / predicted - 1) <= GROWTH_TOLERANCE,
  );
}

/** Compares the median of the second half with that of the first. */
function flat(name: string, unit: string, values: readonly number[], times: number, slack = 0): Verdict {
  const half = Math.floor(values.length / 2);
  const [first, second] = [spreadOf(values.slice(0, half)).median, spreadOf(values.slice(half)).median];
  const format = (value: number): string => `${value.toFixed(1)} ${unit}`.trim();
  const most = first * times + slack;
  return verdict(name, `${format(first)}, then ${format(second)}`, `then at most ${format(most)}`, second <= most);
}

function verdict(name: string, measured: string, wanted: string, holds: boolean): Verdict {
  return { name, measured, wanted, holds };
}

function kib(bytes: number): string {
  return `${Math.round(bytes / 1024).toLocaleString('en')} KiB`;
}
