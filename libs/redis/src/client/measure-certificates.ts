import { TLSSocket } from 'node:tls';
import type { Redis } from 'ioredis';
import { certificateNotAfter } from '../redis.metrics.js';

const CERTIFICATES = ['server', 'client'] as const;

/** When the certificates of one connection expire, in seconds since 1970. */
type Expiries = Readonly<Record<(typeof CERTIFICATES)[number], number | undefined>>;

/** By connection. What was last seen is kept while Redis is away: an expired certificate may be the reason. */
const seen = new Map<Redis, Expiries>();

/** Records when the certificates of a connection expire, each time that it is made with TLS. */
export function measureCertificates(redis: Redis): void {
  redis.on('ready', () => {
    if (!(redis.stream instanceof TLSSocket)) return;
    seen.set(redis, expiriesOf(redis.stream));
    report();
  });
  redis.on('end', () => {
    if (seen.delete(redis)) report();
  });
}

/** A service without a client certificate has none of its own on the connection. */
function expiriesOf(stream: TLSSocket): Expiries {
  const toSeconds = (validTo: string | undefined): number | undefined =>
    validTo === undefined ? undefined : Date.parse(validTo) / 1000;
  return {
    server: toSeconds(stream.getPeerX509Certificate()?.validTo),
    client: toSeconds(stream.getX509Certificate()?.validTo),
  };
}

function report(): void {
  for (const certificate of CERTIFICATES) {
    const expiries = Array.from(seen.values()).flatMap((expiry) => expiry[certificate] ?? []);
    if (expiries.length === 0) certificateNotAfter.remove(certificate);
    else certificateNotAfter.set({ certificate }, Math.min(...expiries));
  }
}
