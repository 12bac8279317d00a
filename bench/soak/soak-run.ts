import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { openHandles } from '../process-figures.js';
import { keyFindings } from './expected-keys.js';
import { takeCensus } from './key-census.js';
import { Visits } from './ledger.js';
import { fillShop } from './products.js';
import { ledgerBefore, Samples, type Sample } from './samples.js';
import { ShopClient } from './shop-client.js';
import type { AuthorizationOf } from './shopper.js';
import { letShoppersCome, type Pace } from './shoppers.js';
import { Traffic } from './traffic.js';

export interface SoakPlan {
  /** The URL of the service, and its process id. */
  readonly service: { readonly url: string; readonly pid: number };
  /** A client for the service's database, which nothing else writes to. */
  readonly redis: Redis;
  readonly authorizationOf: AuthorizationOf;
  readonly pace: Pace;
  readonly sampleSeconds: number;
  /** Called with progress messages. */
  readonly progress?: (sample: Sample) => void;
}

/** The results of a soak. */
export interface Soaked {
  readonly requests: number;
  /** The number of failures by kind, such as `GET /cart: 503`. */
  readonly failures: ReadonlyMap<string, number>;
  readonly samples: readonly Sample[];
  /** Open handles of the service, after its first shoppers had left and after all had left. */
  readonly handles: { readonly before: number; readonly after: number };
  /** Kinds with more or fewer keys than the visits must have left. */
  readonly keyFindings: readonly string[];
}

/** Enough for each kind of request, so that the service has opened all connections that it keeps open. */
const FIRST_VISITS = { visitsASecond: 10, seconds: 1, users: 1, pauseMs: 0 };
/** How long to wait for work that goes on after a response: counters, notes, connections that close. */
const PATIENCE_MS = 15_000;
const POLL_MS = 250;

/** Sends shoppers to a service for a while, samples it meanwhile, and counts what they have left behind. */
export async function soak({
  service,
  redis,
  authorizationOf,
  pace,
  sampleSeconds,
  progress,
}: SoakPlan): Promise<Soaked> {
  const traffic = new Traffic();
  const visits = new Visits();
  await withClient(service.url, traffic, async (client) => {
    await fillShop(client, authorizationOf('catalogue', 'catalog'));
    await letShoppersCome({ client, authorizationOf }, FIRST_VISITS, visits);
  });
  const before = await settledHandles(service.pid);
  traffic.takeTimes();
  const samples = new Samples({ pid: service.pid, redis, traffic, visits });
  const sample = async (): Promise<void> => {
    const taken = await samples.take();
    progress?.(taken);
  };
  await withClient(service.url, traffic, async (client) => {
    const coming = letShoppersCome({ client, authorizationOf }, pace, visits);
    await sampleUntil(coming, sampleSeconds, sample);
  });
  const after = await polled(
    () => openHandles(service.pid),
    (handles) => handles <= before,
  );
  const findings = await polled(
    async () => {
      await sample();
      const now = samples.taken.at(-1)?.at ?? 0;
      return keyFindings(await takeCensus(redis), (seconds) => ledgerBefore(samples.taken, now, seconds));
    },
    ({ length }) => length === 0,
  );
  const { requests, failures } = traffic;
  return { requests, failures, samples: samples.taken, handles: { before, after }, keyFindings: findings };
}

async function withClient(url: string, traffic: Traffic, use: (client: ShopClient) => Promise<void>): Promise<void> {
  const client = new ShopClient(url, traffic);
  try {
    await use(client);
  } finally {
    client.close();
  }
}

async function sampleUntil(end: Promise<void>, seconds: number, sample: () => Promise<void>): Promise<void> {
  const ended = new AbortController();
  const waited = end.finally(() => {
    ended.abort();
  });
  const { signal } = ended;
  while (!signal.aborted) {
    await sample();
    await delay(seconds * 1000, undefined, { signal }).catch(() => undefined);
  }
  await waited;
}

/** The number of open handles, once it no longer changes because the first shoppers' connections have closed. */
async function settledHandles(pid: number): Promise<number> {
  let last = NaN;
  return polled(
    () => openHandles(pid),
    (handles) => {
      const isSettled = handles === last;
      last = handles;
      return isSettled;
    },
  );
}

/** The first expected result, or the last result when the time is over. */
async function polled<T>(ask: () => T | Promise<T>, isAwaited: (answer: T) => boolean): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (isAwaited(answer) || performance.now() > deadline) return answer;
    await delay(POLL_MS);
  }
}
