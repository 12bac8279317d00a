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
  /** Of the service, and of its process. */
  readonly service: { readonly url: string; readonly pid: number };
  /** A client on the service's database, which no one else writes to. */
  readonly redis: Redis;
  readonly authorizationOf: AuthorizationOf;
  readonly pace: Pace;
  readonly sampleSeconds: number;
  /** Told what goes on. */
  readonly progress?: (sample: Sample) => void;
}

/** What a soak has seen. */
export interface Soaked {
  readonly requests: number;
  /** How often each thing went wrong, such as `GET /cart: 503`. */
  readonly failures: ReadonlyMap<string, number>;
  readonly samples: readonly Sample[];
  /** Of the service: once its first shoppers had left, and once all had. */
  readonly handles: { readonly before: number; readonly after: number };
  /** Kinds of keys of which there are more or fewer than the visits must have left. */
  readonly keyFindings: readonly string[];
}

/** Enough for each kind of request, so that the service has opened what it keeps open. */
const FIRST_VISITS = { visitsASecond: 10, seconds: 1, users: 1, pauseMs: 0 };
/** How long is waited for what no response waits for: counters, notes, connections that end. */
const PATIENCE_MS = 15_000;
const POLL_MS = 250;

/** Lets shoppers come to a service for a while, looks at it meanwhile, and counts what they have left behind. */
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

/** Once no more of them have ended for a moment: the connections of the first shoppers. */
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

/** The first response that is the awaited one, or the last one if none is for too long. */
async function polled<T>(ask: () => T | Promise<T>, isAwaited: (answer: T) => boolean): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (isAwaited(answer) || performance.now() > deadline) return answer;
    await delay(POLL_MS);
  }
}
