import type { MeasuredServer } from './measured-server.js';
import type { Plan } from './measure.js';
import { CONNECTIONS, drive, type Mix } from './traffic.js';

/** The traffic that pairs are compared under: a write and a read. */
export const PAIRED_MIXES = ['add', 'get'] as const satisfies readonly Mix[];
export type PairedMix = (typeof PAIRED_MIXES)[number];

/** Of the peak, for each of the two instances, which share a core. */
const LOAD = 0.3;

/** Two instances on the same data. */
export interface Pair {
  readonly base: MeasuredServer;
  readonly changed: MeasuredServer;
}

/** The processor time of a request of the changed instance as a ratio to that of the base: each round of each pair. */
export type PairedRatios = Readonly<Record<PairedMix, readonly (readonly number[])[]>>;

export type PairsPlan = Pick<Plan, 'pairs' | 'rounds' | 'seconds' | 'tokens' | 'progress'>;

/**
 * Loads two new instances at the same time, at a rate that both can serve. One after the other, the machine would differ more
 * between the runs than the instances do. Both are equally old, because V8 makes a process faster over its first minutes, and there
 * are several pairs, because two processes of the same build differ too.
 * @param name what is compared.
 * @param start starts a pair.
 * @param peak the requests a second that one instance can serve.
 */
export async function measurePairs(
  name: string,
  start: () => Promise<Pair>,
  peak: number,
  plan: PairsPlan,
): Promise<PairedRatios> {
  const ratios: Record<PairedMix, number[][]> = { add: [], get: [] };
  for (let number = 1; number <= plan.pairs; number += 1) {
    const pair = await start();
    try {
      for (const server of [pair.base, pair.changed]) await warmUp(server, plan);
      for (const mix of PAIRED_MIXES) {
        ratios[mix].push(await measurePair(`${name}, pair ${number}`, pair, mix, peak, plan));
      }
    } finally {
      await pair.base.stop();
      await pair.changed.stop();
    }
  }
  return ratios;
}

/**
 * Makes a server as fast as it is after minutes in production. V8 optimizes what is called often, so what tracing does for one
 * request in a hundred would stay slow for longer than a round: here it does it for each request first.
 */
async function warmUp(server: MeasuredServer, { seconds, tokens }: PairsPlan): Promise<void> {
  for (const mix of PAIRED_MIXES) await drive(server, { mix, seconds, tokens, isSampled: true });
  await drive(server, { mix: 'add', seconds, tokens });
}

/** The ratio in each round. */
async function measurePair(
  name: string,
  { base, changed }: Pair,
  mix: PairedMix,
  peak: number,
  { rounds, seconds, tokens, progress }: PairsPlan,
): Promise<number[]> {
  const pauseMs = Math.max(1, Math.round((CONNECTIONS * 1000) / (LOAD * peak)));
  const traffic = { mix, seconds, tokens, pauseMs };
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const [before, after] = await Promise.all([drive(base, traffic), drive(changed, traffic)]);
    const ratio = after.cpuARequest / before.cpuARequest;
    progress(`${name}, ${mix}, ${round === 0 ? 'warm-up' : `round ${round} of ${rounds}`}: ${ratio.toFixed(3)}`);
    if (round > 0) ratios.push(ratio);
  }
  return ratios;
}
