import { LRUCache } from 'lru-cache';
import type { Clock } from '#kernel';
import type { Admission, Verdict } from './admission.js';

/** About 200 bytes each. With more clients at once, the windows used longest ago restart. */
const MAX_COUNTERS = 20_000;

type Admitted = Verdict & { readonly code: 'admitted' };

const NOTHING_COUNTED: Admitted = { code: 'admitted', hits: 0, leftSeconds: 1 };

interface Window {
  hits: number;
  readonly endsAt: number;
}

/** Counts requests in this instance's memory, in the same fixed windows. */
export class LocalLimit {
  private readonly windows = new LRUCache<string, Window>({ max: MAX_COUNTERS });

  /** @param addressLimit maximum number of requests of one network in a window. */
  constructor(
    private readonly clock: Clock,
    private readonly windowMs: number,
    private readonly addressLimit: number,
  ) {}

  /** Counts a request for its network, then for its tracker, as `admit.lua` does. Does not check its session. */
  count({ network, tracker }: Admission): Verdict {
    const ofNetwork = network === undefined ? undefined : this.raise(`a ${network}`);
    if (ofNetwork !== undefined && ofNetwork.hits > this.addressLimit) {
      return { code: 'address_limit_exceeded', leftSeconds: ofNetwork.leftSeconds };
    }
    return tracker === undefined ? (ofNetwork ?? NOTHING_COUNTED) : this.raise(`u ${tracker}`);
  }

  private raise(key: string): Admitted {
    const now = this.clock.now();
    const present = this.windows.get(key);
    const window = present !== undefined && present.endsAt > now ? present : { hits: 0, endsAt: now + this.windowMs };
    window.hits += 1;
    if (window !== present) this.windows.set(key, window);
    return { code: 'admitted', hits: window.hits, leftSeconds: Math.max(1, Math.ceil((window.endsAt - now) / 1000)) };
  }
}
