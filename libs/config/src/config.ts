import type { Environment } from './environment.js';

export interface HttpConfig {
  readonly host: string;
  readonly port: number;
  /** Express's `trust proxy`: hops, or addresses; false believes no one. */
  readonly trustProxy: number | string[] | false;
  readonly corsOrigins: readonly string[];
  /** How long a connection is kept on which nothing is asked. */
  readonly keepAliveSeconds: number;
  readonly drainSeconds: number;
}

/** The texts of the files that a connection by TLS needs, in PEM; left out, the system's authorities and no certificate. */
export interface TlsConfig {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  /** The name that the server's certificate must have, if it is not that of its address. */
  readonly servername: string | undefined;
}

export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

export interface TcpAddress extends HostAndPort {
  /** undefined if the connection is not encrypted. */
  readonly tls: TlsConfig | undefined;
  /** Whether a Redis Cluster is there: the address is the way in, and the cluster names its nodes. */
  readonly cluster: boolean;
}

/** Sentinels, which tell where the primary is. */
export interface SentinelAddress {
  readonly sentinels: readonly HostAndPort[];
  /** The name by which they know the primary and its replicas. */
  readonly master: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** Of the connections to the Sentinels and to Redis. */
  readonly tls: TlsConfig | undefined;
}

export interface RedisConfig {
  readonly address: { readonly socket: string } | TcpAddress | SentinelAddress;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: number;
  /** How long one command may take before its request is answered 503. */
  readonly commandTimeoutMs: number;
}

/** What is waited for before a write is responded to. */
export interface ReplicationConfig {
  /** How many replicas must have it; 0 waits for none. */
  readonly replicas: number;
  readonly timeoutMs: number;
}

/** Where an identity provider's public keys are: at an address, or where the issuer's discovery document says. */
export type KeySetLocation = { readonly url: URL } | { readonly issuer: string };

export interface AuthConfig {
  /** The HS256 secret; undefined outside production means the development secret. */
  readonly secret: string | undefined;
  /** The secret before it, whose tokens are still good. */
  readonly previousSecret: string | undefined;
  readonly isProduction: boolean;
  /** undefined if there is no identity provider with public keys. */
  readonly keySet: KeySetLocation | undefined;
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
  readonly devTokens: boolean;
  readonly guests: boolean;
  /** Whether people can have accounts here. */
  readonly accounts: boolean;
  /** How long a refresh token is accepted after its first use; 0 turns that off. */
  readonly refreshGraceSeconds: number;
}

export interface RateLimitConfig {
  /** Requests of one user in a window. */
  readonly max: number;
  /** Requests of one client address in a window, over all its users; 0 if they are not counted. */
  readonly addressMax: number;
  readonly windowSeconds: number;
  /** What happens to requests that Redis cannot count: 503, or each instance counts its own. */
  readonly onFailure: Environment['RATE_LIMIT_ON_FAILURE'];
}

export interface CartConfig {
  readonly ttlSeconds: number;
  readonly maxLines: number;
  /** Of the cart and the saved lines together: product ids and lines, as Redis holds them. */
  readonly maxBytes: number;
  readonly currency: string;
  readonly pricePolicy: Environment['CART_PRICE_POLICY'];
  /** How long a checkout stands until it is completed. */
  readonly checkoutTtlSeconds: number;
}

export interface EventsConfig {
  /** About how many changes of all carts together are kept. */
  readonly maxLength: number;
  /** About how many bytes these may take in Redis. */
  readonly maxBytes: number;
  readonly heartbeatSeconds: number;
}

export interface SessionConfig {
  readonly idleSeconds: number;
  readonly absoluteSeconds: number;
  readonly maxPerUser: number;
}

export interface ProductCacheConfig {
  readonly ttlSeconds: number;
  /** Where products are loaded from, and how long one is answered past its time; undefined if nothing is loaded. */
  readonly origin: { readonly template: string; readonly staleSeconds: number } | undefined;
  /** What the local copies of one instance may take. */
  readonly local: { readonly maxEntries: number; readonly maxBytes: number };
  /** The currency of a price that names none. */
  readonly currency: string;
}

export interface LogConfig {
  readonly level: Environment['LOG_LEVEL'];
  readonly format: 'json' | 'pretty';
}

/** All settings, in one namespace for each part that reads them. */
export interface Config {
  readonly http: HttpConfig;
  readonly redis: RedisConfig;
  readonly replication: ReplicationConfig;
  readonly auth: AuthConfig;
  readonly rateLimit: RateLimitConfig;
  readonly cart: CartConfig;
  readonly events: EventsConfig;
  readonly session: SessionConfig;
  readonly productCache: ProductCacheConfig;
  readonly log: LogConfig;
}
