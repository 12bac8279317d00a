import type { Redis } from 'ioredis';
import { openHandles, residentMiB } from '../process-figures.js';
import { EMPTY, type Ledger, type Visits } from './ledger.js';
import type { Traffic } from './traffic.js';

/** A sample at one moment of a soak. */
export interface Sample {
  /** Seconds since the first shoppers arrived. */
  readonly at: number;
  readonly residentMiB: number;
  readonly handles: number;
  /** Response times since the sample before, in milliseconds; 0 if there were no requests. */
  readonly p50: number;
  /** The same. */
  readonly p99: number;
  /** Bytes that Redis has allocated. */
  readonly redisBytes: number;
  /** Number of keys in the service's database. */
  readonly keys: number;
  readonly ledger: Ledger;
}

/** What is sampled. */
export interface Watched {
  /** The process id of the service. */
  readonly pid: number;
  /** A client for the service's database. */
  readonly redis: Redis;
  readonly traffic: Traffic;
  readonly visits: Visits;
}

/** The samples of a soak. */
export class Samples {
  readonly taken: Sample[] = [];
  private readonly startedAt = performance.now();

  constructor(private readonly watched: Watched) {}

  async take(): Promise<Sample> {
    const { pid, redis, traffic, visits } = this.watched;
    const times = traffic.takeTimes().toSorted((left, right) => left - right);
    const [memory, keys] = await Promise.all([redis.info('memory'), redis.dbsize()]);
    const sample = {
      at: (performance.now() - this.startedAt) / 1000,
      residentMiB: residentMiB(pid),
      handles: openHandles(pid),
      p50: percentile(times, 50),
      p99: percentile(times, 99),
      redisBytes: Number(/^used_memory:(\d+)/m.exec(memory)?.[1]),
      keys,
      ledger: visits.ledger(),
    };
    this.taken.push(sample);
    return sample;
  }
}

/** The counts of the given number of seconds before a moment of these samples. */
export function ledgerBefore(samples: readonly Sample[], at: number, seconds: number): Ledger {
  return samples.findLast((sample) => sample.at <= at - seconds)?.ledger ?? EMPTY;
}

/** @param sorted in ascending order. */
function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? 0;
}
