import type { SentinelAddress } from '#config';
import { MAX_RECONNECT_DELAY_MS, reconnectDelayMs } from './reconnect-delay.js';

/** How long a Sentinel may take to respond before the next one is asked. */
const SENTINEL_TIMEOUT_MS = 300;

/**
 * How to connect to the primary that the Sentinels name. ioredis asks one after the other, takes the first that responds,
 * and leaves a server that is no primary. A connection that there is goes on without Sentinels.
 */
export function sentinelOptions({ sentinels, master, username, password, tls }: SentinelAddress) {
  return {
    sentinels: sentinels.map(({ host, port }) => ({ host, port })),
    name: master,
    role: 'master' as const,
    ...(username !== undefined && { sentinelUsername: username }),
    ...(password !== undefined && { sentinelPassword: password }),
    ...(tls && { enableTLSForSentinelMode: true, sentinelTLS: tls }),
    sentinelCommandTimeout: SENTINEL_TIMEOUT_MS,
    sentinelRetryStrategy: reconnectDelayMs,
    connectTimeout: MAX_RECONNECT_DELAY_MS,
  };
}

/** Hears from the Sentinels of a failover as it happens, by a connection to each, and leaves the old primary at once. */
export const HEARS_OF_FAILOVERS = { failoverDetector: true, sentinelReconnectStrategy: reconnectDelayMs } as const;
