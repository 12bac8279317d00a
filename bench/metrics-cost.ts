import type { MeasuredServer } from './measured-server.js';
import type { Plan } from './measure.js';
import { spreadOf, type Spread } from './statistics.js';
import { CONNECTIONS, drive, type Mix } from './traffic.js';

/** The traffic that metrics are measured under: a write and a read. */
const MIXES = ['add', 'get'] as const satisfies readonly Mix[];
const ROUND_SECONDS = 4;
/** Of the peak, for each of the two instances, which share a core. */
const LOAD = 0.3;

/** What metrics cost: the processor time of a request with them as a ratio to that without, over the rounds. */
export interface MetricsCost {
  readonly mix: Mix;
  readonly ratio: Spread;
}

/** Two instances on the same data. */
export interface MetricsServers {
  readonly without: MeasuredServer;
  readonly with: MeasuredServer;
}

/**
 * Loads both instances at the same time, at a rate that both can serve. One after the other, the machine would differ more between
 * the runs than the instances do.
 * @param peak the requests a second that one instance can serve.
 */
export async function measureMetrics(
  servers: MetricsServers,
  peak: number,
  rounds: number,
  plan: Plan,
): Promise<MetricsCost[]> {
  const pauseMs = Math.max(1, Math.round((CONNECTIONS * 1000) / (LOAD * peak)));
  const costs: MetricsCost[] = [];
  for (const mix of MIXES) {
    const traffic = { mix, seconds: ROUND_SECONDS, tokens: plan.tokens, pauseMs };
    const ratios: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const [without, measured] = await Promise.all([drive(servers.without, traffic), drive(servers.with, traffic)]);
      const ratio = measured.cpuARequest / without.cpuARequest;
      plan.progress(
        `${mix} with metrics, ${round === 0 ? 'warm-up' : `round ${round} of ${rounds}`}: ${ratio.toFixed(3)}`,
      );
      if (round > 0) ratios.push(ratio);
    }
    costs.push({ mix, ratio: spreadOf(ratios) });
  }
  return costs;
}
