import type { DrillRedis } from './redis/drill-redis.js';
import { Site } from './site.js';

/** Ends a fault that has begun. */
export type EndFault = () => unknown;

interface FaultDefinition<Redis extends DrillRedis> {
  /** For `--only`. */
  readonly name: string;
  /** What happens, for the table. */
  readonly title: string;
  /** The alert that must fire. */
  readonly alert: string;
  readonly startRedis: () => Promise<Redis>;
  readonly begin: (site: Site, redis: Redis) => Promise<EndFault>;
}

/** A fault that can be caused at a site of its own. */
export interface Fault extends Pick<FaultDefinition<DrillRedis>, 'name' | 'title' | 'alert'> {
  /** Starts a site without the fault. */
  readonly prepare: () => Promise<PreparedFault>;
}

export interface PreparedFault {
  readonly site: Site;
  readonly begin: () => Promise<EndFault>;
}

export function defineFault<Redis extends DrillRedis>(definition: FaultDefinition<Redis>): Fault {
  const { name, title, alert, startRedis, begin } = definition;
  const prepare = async (): Promise<PreparedFault> => {
    const redis = await startRedis();
    const site = await Site.start(redis);
    return { site, begin: async () => begin(site, redis) };
  };
  return { name, title, alert, prepare };
}
