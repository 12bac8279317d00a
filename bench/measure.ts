import { setTimeout as delay } from 'node:timers/promises';
import type { MeasuredServer } from './measured-server.js';
import type { BenchRedis } from './redis-server.js';
import { spreadOf, type Spread } from './statistics.js';
import { CONNECTIONS, drive, type Mix, type Run } from './traffic.js';

/** Both servers under the same traffic, alternating; CPU time per request, in microseconds. */
export interface Comparison {
  readonly mix: Mix;
  readonly floor: Spread;
  readonly service: Spread;
  /** The ratio in each round. */
  readonly ratio: Spread;
  /** Redis's CPU time per request of the service. */
  readonly redis: Spread;
  readonly requestsASecond: number;
}

export interface Servers {
  readonly floor: MeasuredServer;
  readonly service: MeasuredServer;
}

export interface Plan {
  readonly redis: BenchRedis;
  readonly tokens: string;
  readonly rounds: number;
  readonly seconds: number;
  /** Pairs of new instances for each feature. */
  readonly pairs: number;
  /** Called after each step. */
  readonly progress: (line: string) => void;
}

/** Warms both servers up, then loads them alternately. */
export async function compare({ floor, service }: Servers, mix: Mix, plan: Plan): Promise<Comparison> {
  const { redis, tokens, rounds, seconds, progress } = plan;
  const runs: { readonly floor: Run; readonly service: Run; readonly redisCpu: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const floorRun = await drive(floor, { mix, seconds, tokens });
    const before = await redis.cpuMicroseconds();
    const serviceRun = await drive(service, { mix, seconds, tokens });
    const run = { floor: floorRun, service: serviceRun, redisCpu: (await redis.cpuMicroseconds()) - before };
    const ratio = (run.service.cpuARequest / run.floor.cpuARequest).toFixed(2);
    progress(`${mix}, ${round === 0 ? 'warm-up' : `round ${round} of ${rounds}`}: ${ratio}`);
    if (round > 0) runs.push(run);
  }
  return {
    mix,
    floor: spreadOf(runs.map((run) => run.floor.cpuARequest)),
    service: spreadOf(runs.map((run) => run.service.cpuARequest)),
    ratio: spreadOf(runs.map((run) => run.service.cpuARequest / run.floor.cpuARequest)),
    redis: spreadOf(runs.map((run) => run.redisCpu / run.service.requests)),
    requestsASecond: spreadOf(runs.map((run) => run.service.requestsASecond)).median,
  };
}

/** The 99th percentile of response times at a rate below the peak, in microseconds. */
export interface Tail {
  readonly requestsASecond: number;
  readonly floor: number;
  readonly service: number;
}

/** Long enough for some of V8's full collections, which happen every few seconds. */
const TAIL_SECONDS = 12;

/** Measures the tail at 60 % of the service's own peak: the median of the rounds. */
export async function measureTail({ floor, service }: Servers, peak: number, plan: Plan): Promise<Tail> {
  const { tokens, rounds, seconds, progress } = plan;
  const pauseMs = Math.max(1, Math.round((CONNECTIONS * 1000) / (0.6 * peak)));
  const traffic = { mix: 'mixed', seconds: rounds === 1 ? seconds : TAIL_SECONDS, tokens, pauseMs } as const;
  const runs: { readonly floor: Run; readonly service: Run }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const run = { floor: await drive(floor, traffic), service: await drive(service, traffic) };
    runs.push(run);
    progress(`at ${Math.round(run.service.requestsASecond)} requests a second: p99 ${run.service.p99} µs`);
  }
  return {
    requestsASecond: spreadOf(runs.map((run) => run.service.requestsASecond)).median,
    floor: spreadOf(runs.map((run) => run.floor.p99)).median,
    service: spreadOf(runs.map((run) => run.service.p99)).median,
  };
}

/** Resident memory in MiB. */
export interface Memory {
  readonly idle: number;
  readonly afterHalf: number;
  readonly afterAll: number;
  readonly requests: number;
}

const IDLE_MS = 30_000;

/** Measures the memory of a server that has just started, without load and after many requests. */
export async function measureMemory(service: MeasuredServer, requests: number, plan: Plan): Promise<Memory> {
  await delay(IDLE_MS);
  const idle = service.residentMiB();
  let sent = 0;
  let afterHalf = 0;
  while (sent < requests) {
    sent += (await drive(service, { mix: 'mixed', seconds: 10, tokens: plan.tokens })).requests;
    if (sent * 2 < requests || afterHalf === 0) afterHalf = service.residentMiB();
    plan.progress(`${sent} of ${requests} requests: ${Math.round(service.residentMiB())} MiB`);
  }
  return { idle, afterHalf, afterAll: service.residentMiB(), requests: sent };
}
