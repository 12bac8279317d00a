import { SentinelConnector, type RedisOptions } from 'ioredis';
import type { SentinelAddress } from '#config';
import { MAX_RECONNECT_DELAY_MS, reconnectDelayMs } from './reconnect-delay.js';

/** How long to wait for the response of a Sentinel before asking the next one. */
const SENTINEL_TIMEOUT_MS = 500;
/** A peer that vanished does not close its side of the connection. */
const DISCONNECT_TIMEOUT_MS = 200;

/**
 * Connects to the primary that the Sentinels name, and leaves a server that is not a primary. Each connection begins with the
 * next Sentinel and goes on to those after it if there is no response: the last one may be cut off and still name an old
 * primary. (ioredis itself reaches the end of its list after a few connections and then reports that all Sentinels are
 * unreachable.)
 */
export function connectorToSentinels(address: SentinelAddress): RedisOptions['Connector'] {
  return class extends SentinelConnector {
    constructor() {
      super(optionsFor(address));
    }

    override async connect(emit: Parameters<SentinelConnector['connect']>[0]) {
      const { done } = this.sentinelIterator.next();
      this.sentinelIterator.reset(!done);
      let cause: Error | undefined;
      return super.connect((event, error) => {
        if (event === 'sentinelError') cause = error;
        else emit(event, new Error('No Sentinel names the primary', { cause }));
      });
    }
  };
}

function optionsFor({ sentinels, master, username, password, tls }: SentinelAddress) {
  return {
    sentinels: [...sentinels],
    name: master,
    role: 'master' as const,
    ...(username !== undefined && { sentinelUsername: username }),
    ...(password !== undefined && { sentinelPassword: password }),
    ...(tls && { tls, enableTLSForSentinelMode: true, sentinelTLS: tls }),
    sentinelCommandTimeout: SENTINEL_TIMEOUT_MS,
    sentinelRetryStrategy: reconnectDelayMs,
    connectTimeout: MAX_RECONNECT_DELAY_MS,
    disconnectTimeout: DISCONNECT_TIMEOUT_MS,
  };
}
