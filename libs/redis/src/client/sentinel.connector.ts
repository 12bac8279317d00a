import { SentinelConnector, type RedisOptions } from 'ioredis';
import type { SentinelAddress } from '#config';
import { MAX_RECONNECT_DELAY_MS, reconnectDelayMs } from './reconnect-delay.js';

/** How long a Sentinel may take to respond before the next one is asked. */
const SENTINEL_TIMEOUT_MS = 500;
/** A peer that is gone without a word does not close its side. */
const DISCONNECT_TIMEOUT_MS = 200;

/**
 * Connects to the primary that the Sentinels name, and leaves a server that is none. Each connection asks the next Sentinel,
 * and those after it if that one does not respond: the last one may be cut off, and still name a primary that is gone. (ioredis
 * itself comes to the end of its list after a few connections, and reports that all Sentinels are unreachable.)
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
