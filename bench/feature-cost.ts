import type { MeasuredServer } from './measured-server.js';
import type { Plan } from './measure.js';
import { spreadOf, type Spread } from './statistics.js';
import { CONNECTIONS, drive, type Mix } from './traffic.js';

/** The traffic that features are measured under: a write and a read. */
const MIXES = ['add', 'get'] as const satisfies readonly Mix[];
/** Of the peak, for each of the two instances, which share a core. */
const LOAD = 0.3;

/** What a feature costs: the processor time of a request with it as a ratio to that without, over all rounds of all pairs. */
export interface FeatureCost {
  readonly feature: string;
  readonly mix: Mix;
  readonly ratio: Spread;
}

/** Two instances on the same data. */
export interface FeatureServers {
  readonly without: MeasuredServer;
  readonly with: MeasuredServer;
}

/**
 * Loads two new instances at the same time, at a rate that both can serve. One after the other, the machine would differ more
 * between the runs than the instances do. Both are equally old, because V8 makes a process faster over its first minutes, and there
 * are several pairs, because two processes of the same build differ too.
 * @param feature its name.
 * @param start starts a pair.
 * @param peak the requests a second that one instance can serve.
 */
export async function measureFeature(
  feature: string,
  start: () => Promise<FeatureServers>,
  peak: number,
  plan: Plan,
): Promise<FeatureCost[]> {
  const ratios: Record<(typeof MIXES)[number], number[]> = { add: [], get: [] };
  for (let pair = 1; pair <= plan.featurePairs; pair += 1) {
    const servers = await start();
    try {
      for (const server of [servers.without, servers.with]) await drive(server, { ...plan, mix: 'add' });
      for (const mix of MIXES)
        ratios[mix].push(...(await measurePair(`${feature}, pair ${pair}`, servers, mix, peak, plan)));
    } finally {
      await servers.without.stop();
      await servers.with.stop();
    }
  }
  return MIXES.map((mix) => ({ feature, mix, ratio: spreadOf(ratios[mix]) }));
}

/** The ratio in each round. */
async function measurePair(
  name: string,
  servers: FeatureServers,
  mix: Mix,
  peak: number,
  { featureRounds, seconds, tokens, progress }: Plan,
): Promise<number[]> {
  const pauseMs = Math.max(1, Math.round((CONNECTIONS * 1000) / (LOAD * peak)));
  const traffic = { mix, seconds, tokens, pauseMs };
  const ratios: number[] = [];
  for (let round = 0; round <= featureRounds; round += 1) {
    const [without, measured] = await Promise.all([drive(servers.without, traffic), drive(servers.with, traffic)]);
    const ratio = measured.cpuARequest / without.cpuARequest;
    progress(`${name}, ${mix}, ${round === 0 ? 'warm-up' : `round ${round} of ${featureRounds}`}: ${ratio.toFixed(3)}`);
    if (round > 0) ratios.push(ratio);
  }
  return ratios;
}
