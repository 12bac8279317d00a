import type { MeasuredServer } from './measured-server.js';
import type { BenchRedis } from './redis-server.js';
import type { ShopKeys } from './shop-keys.js';
import { spreadOf, type Spread } from './statistics.js';
import { drive } from './traffic.js';

const ROUNDS = 3;
/** V8 keeps compiling for about this long. */
const WARM_UP_SECONDS = 15;

/** Results for a Redis with this many carts. */
export interface Growth {
  readonly carts: number;
  /** Bytes that Redis has allocated for all carts. */
  readonly mebibytes: number;
  readonly bytesACart: number;
  /** Microseconds of the service's CPU time for a `GET /cart`. */
  readonly cpuARead: number;
  /** The ratio to the control, measured in the same minute. */
  readonly ratio: Spread;
  /** Microseconds of Redis's CPU time. */
  readonly redisCpuARead: number;
}

export interface GrowthPlan {
  readonly redis: BenchRedis;
  readonly service: MeasuredServer;
  /** The same service, always with a thousand carts. */
  readonly control: MeasuredServer;
  readonly keys: ShopKeys;
  /** A file with tokens of users who have a cart at every size. */
  readonly tokens: string;
  /** In ascending order. */
  readonly sizes: readonly number[];
  /** The length of each round. */
  readonly seconds: number;
}

/** Fills Redis with more and more carts, each time reading the same users' carts, alternating with the control. */
export async function measureGrowth(plan: GrowthPlan): Promise<Growth[]> {
  const { redis, service, control, keys, tokens, sizes } = plan;
  const empty = await redis.usedBytes();
  const growth: Growth[] = [];
  let carts = 0;
  for (const size of sizes) {
    await keys.copyCarts(carts, size);
    const used = (await redis.usedBytes()) - empty;
    for (const server of carts === 0 ? [service, control] : []) {
      await drive(server, { mix: 'get', seconds: WARM_UP_SECONDS, tokens });
    }
    carts = size;
    const point = { carts, mebibytes: used / 1024 ** 2, bytesACart: used / carts, ...(await costOfReads(plan)) };
    process.stderr.write(`${JSON.stringify(point)}\n`);
    growth.push(point);
  }
  return growth;
}

async function costOfReads({ redis, service, control, tokens, seconds }: GrowthPlan) {
  const ofService: number[] = [];
  const ofControl: number[] = [];
  const ofRedis: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await redis.cpuMicroseconds();
    const { requests, cpuARequest } = await drive(service, { mix: 'get', seconds, tokens });
    ofService.push(cpuARequest);
    ofRedis.push(((await redis.cpuMicroseconds()) - before) / requests);
    ofControl.push((await drive(control, { mix: 'get', seconds, tokens })).cpuARequest);
  }
  return {
    cpuARead: spreadOf(ofService).median,
    ratio: spreadOf(ofService.map((cpu, round) => cpu / (ofControl[round] ?? NaN))),
    redisCpuARead: spreadOf(ofRedis).median,
  };
}
