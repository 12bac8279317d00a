import type { MeasuredServer } from './measured-server.js';
import type { Plan } from './measure.js';
import { spreadOf, type Spread } from './statistics.js';
import { CONNECTIONS, drive, type Mix } from './traffic.js';

/** The traffic that features are measured under: a write and a read. */
const MIXES = ['add', 'get'] as const satisfies readonly Mix[];
/** Of the peak, for each of the two instances, which share a core. */
const LOAD = 0.3;

/** What a feature costs: the processor time of a request with it as a ratio to that without, over the rounds. */
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
 * Loads both instances at the same time, at a rate that both can serve. One after the other, the machine would differ more between
 * the runs than the instances do.
 * @param feature its name.
 * @param peak the requests a second that one instance can serve.
 */
export async function measureFeature(
  feature: string,
  servers: FeatureServers,
  peak: number,
  plan: Plan,
): Promise<FeatureCost[]> {
  const { featureRounds, featureSeconds: seconds, tokens, progress } = plan;
  const pauseMs = Math.max(1, Math.round((CONNECTIONS * 1000) / (LOAD * peak)));
  const costs: FeatureCost[] = [];
  for (const mix of MIXES) {
    const traffic = { mix, seconds, tokens, pauseMs };
    const ratios: number[] = [];
    for (let round = 0; round <= featureRounds; round += 1) {
      const [without, measured] = await Promise.all([drive(servers.without, traffic), drive(servers.with, traffic)]);
      const ratio = measured.cpuARequest / without.cpuARequest;
      const name = round === 0 ? 'warm-up' : `round ${round} of ${featureRounds}`;
      progress(`${feature}, ${mix}, ${name}: ${ratio.toFixed(3)}`);
      if (round > 0) ratios.push(ratio);
    }
    costs.push({ feature, mix, ratio: spreadOf(ratios) });
  }
  return costs;
}
