import type { Environment } from './environment.js';

export interface HttpConfig {
  readonly host: string;
  readonly port: number;
  /** Express's `trust proxy`: hops, or addresses; false trusts no proxy. */
  readonly trustProxy: number | string[] | false;
  readonly corsOrigins: readonly string[];
  /** How long an idle connection is kept. */
  readonly keepAliveSeconds: number;
  readonly drainSeconds: number;
  /** What precedes the code in the `type` of a problem. */
  readonly problemTypeBase: string;
  /** Whether Swagger UI and the OpenAPI document are served. */
  readonly docs: boolean;
}

/** The example shop at `/shop`. */
export interface ShopConfig {
  readonly isOn: boolean;
  /** Whether a stub completes its checkouts. Never in production. */
  readonly hasOrderService: boolean;
}

export interface HealthConfig {
  /** Whether `GET /health` shows its details to everyone, not only to the role `ops`. */
  readonly details: boolean;
  /** Whether losing Redis makes an instance that has had it not ready (`strict`), or leaves it ready (`degraded`). */
  readonly readinessRedis: Environment['READINESS_REDIS'];
}

/** Where `/metrics` is served, and to whom. */
export interface MetricsConfig {
  /** Whether HTTP requests and Redis commands are measured and `/metrics` is served. */
  readonly isOn: boolean;
  /** The bearer token that a scrape must have; undefined if it needs none. */
  readonly token: string | undefined;
  /** A port for `/metrics` alone, 0 for any free one; undefined if the port of the service serves it. */
  readonly port: number | undefined;
}

/** The contents of the files for a TLS connection, in PEM. Defaults: the system's authorities, and no client certificate. */
export interface TlsConfig {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  /** The name in the server's certificate, if it differs from that of its address. */
  readonly servername: string | undefined;
}

export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

export interface TcpAddress extends HostAndPort {
  /** undefined if the connection is not encrypted. */
  readonly tls: TlsConfig | undefined;
  /** Whether this is a Redis Cluster: the address is one of its nodes, which names the others. */
  readonly cluster: boolean;
}

/** Sentinels, which know the address of the primary. */
export interface SentinelAddress {
  readonly sentinels: readonly HostAndPort[];
  /** The name under which they monitor the primary and its replicas. */
  readonly master: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** For the connections to the Sentinels and to Redis. */
  readonly tls: TlsConfig | undefined;
}

export interface RedisConfig {
  readonly address: { readonly socket: string } | TcpAddress | SentinelAddress;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: number;
  /** How long one command may take before its request fails with 503. */
  readonly commandTimeoutMs: number;
}

/** What to wait for before responding to a write. */
export interface ReplicationConfig {
  /** How many replicas must have the write; 0 waits for none. */
  readonly replicas: number;
  readonly timeoutMs: number;
}

/** Where an identity provider's public keys are: at a URL, or where the issuer's discovery document says. */
export type KeySetLocation = { readonly url: URL } | { readonly issuer: string };

export interface AuthConfig {
  /** The HS256 secret; undefined outside production means the development secret. */
  readonly secret: string | undefined;
  /** The previous secret, whose tokens are still valid. */
  readonly previousSecret: string | undefined;
  readonly isProduction: boolean;
  /** undefined if there is no identity provider with public keys. */
  readonly keySet: KeySetLocation | undefined;
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
  readonly devTokens: boolean;
  readonly guests: boolean;
  /** Whether accounts are enabled. */
  readonly accounts: boolean;
  /** How long a refresh token is accepted after its first use; 0 turns that off. */
  readonly refreshGraceSeconds: number;
}

export interface RateLimitConfig {
  /** Maximum number of requests of one user in a window. */
  readonly max: number;
  /** Maximum number of requests of one client address in a window, across all its users; 0 if they are not counted. */
  readonly addressMax: number;
  readonly windowSeconds: number;
  /** What to do if Redis cannot count requests: respond with 503, or count in each instance. */
  readonly onFailure: Environment['RATE_LIMIT_ON_FAILURE'];
}

export interface CartConfig {
  readonly ttlSeconds: number;
  readonly maxLines: number;
  /** Limit for the cart and the saved lines together: product ids and lines, as stored in Redis. */
  readonly maxBytes: number;
  readonly currency: string;
  readonly pricePolicy: Environment['CART_PRICE_POLICY'];
  /** How long a checkout is valid if it is not completed. */
  readonly checkoutTtlSeconds: number;
}

export interface EventsConfig {
  /** About how many changes of all carts together are kept. */
  readonly maxLength: number;
  /** About how many bytes these changes may take in Redis. */
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
  /** The product origin, and how long a due product may still be returned; undefined if nothing is loaded. */
  readonly origin: { readonly template: string; readonly staleSeconds: number } | undefined;
  /** Limits for the local copies of one instance. */
  readonly local: { readonly maxEntries: number; readonly maxBytes: number };
  /** The currency of a price that names none. */
  readonly currency: string;
}

export interface LogConfig {
  readonly level: Environment['LOG_LEVEL'];
  readonly format: 'json' | 'pretty';
  /** Which requests have a line, in addition to slow ones. */
  readonly requests: Environment['LOG_REQUESTS'];
  /** From how many milliseconds on a request is slow; 0 if none is. */
  readonly slowMs: number;
}

/** How requests are traced with OpenTelemetry. */
export interface TracingConfig {
  /** The whole address that spans are sent to; undefined if nothing is traced. */
  readonly endpoint: URL | undefined;
  readonly serviceName: string;
  readonly sampler: Environment['OTEL_TRACES_SAMPLER'];
  /** The share of traces that a sampler by ratio keeps: 0 to 1. */
  readonly ratio: number;
  /** Whether spans may contain user ids, client addresses, paths and Redis keys. */
  readonly withIds: boolean;
}

/** All settings, in one part for each library that reads them. */
export interface Config {
  readonly http: HttpConfig;
  readonly shop: ShopConfig;
  readonly health: HealthConfig;
  readonly metrics: MetricsConfig;
  readonly redis: RedisConfig;
  readonly replication: ReplicationConfig;
  readonly auth: AuthConfig;
  readonly rateLimit: RateLimitConfig;
  readonly cart: CartConfig;
  readonly events: EventsConfig;
  readonly session: SessionConfig;
  readonly productCache: ProductCacheConfig;
  readonly log: LogConfig;
  readonly tracing: TracingConfig;
}
