import type * as z from 'zod';
import type {
  AuthConfig,
  CartConfig,
  EventsConfig,
  HealthConfig,
  HttpConfig,
  KeySetLocation,
  LogConfig,
  MetricsConfig,
  ProductCacheConfig,
  RateLimitConfig,
  ReplicationConfig,
  SessionConfig,
  ShopConfig,
  TracingConfig,
} from './config.js';
import {
  authVariables,
  cartVariables,
  eventsVariables,
  healthVariables,
  httpVariables,
  logVariables,
  metricsVariables,
  productCacheVariables,
  rateLimitVariables,
  redisVariables,
  replicationVariables,
  sessionVariables,
  shopVariables,
  tracingVariables,
} from './environment.js';
import { toRedisConfig } from './redis-config.js';

/** The parts of the configuration, each derived from its variables. An app loads the parts that it needs. */
export const configParts = {
  http: httpVariables.transform((env): HttpConfig => ({
    host: env.HOST,
    port: env.PORT,
    trustProxy: env.TRUST_PROXY ?? false,
    corsOrigins: env.CORS_ORIGINS,
    keepAliveSeconds: env.HTTP_KEEP_ALIVE_SECONDS,
    drainSeconds: env.SHUTDOWN_DRAIN_SECONDS,
    problemTypeBase: env.PROBLEM_TYPE_BASE,
    docs: env.DOCS,
  })),
  shop: shopVariables.transform((env): ShopConfig => ({
    isOn: env.SHOP ?? env.NODE_ENV !== 'production',
    hasOrderService: env.NODE_ENV !== 'production',
  })),
  health: healthVariables.transform((env): HealthConfig => ({
    details: env.HEALTH_DETAILS,
    readinessRedis: env.READINESS_REDIS,
  })),
  metrics: metricsVariables.transform((env): MetricsConfig => ({
    // Open to everyone only on a developer's machine.
    isOn: env.METRICS_TOKEN !== undefined || env.METRICS_PORT !== undefined || env.NODE_ENV !== 'production',
    token: env.METRICS_TOKEN,
    port: env.METRICS_PORT,
  })),
  redis: redisVariables.transform(toRedisConfig),
  replication: replicationVariables.transform((env): ReplicationConfig => ({
    replicas: env.REDIS_WAIT_REPLICAS,
    timeoutMs: env.REDIS_WAIT_TIMEOUT_MS,
  })),
  auth: authVariables.transform(toAuthConfig),
  rateLimit: rateLimitVariables.transform((env): RateLimitConfig => ({
    max: env.RATE_LIMIT_MAX,
    addressMax: env.RATE_LIMIT_ADDRESS_MAX,
    windowSeconds: env.RATE_LIMIT_WINDOW_SECONDS,
    onFailure: env.RATE_LIMIT_ON_FAILURE,
  })),
  cart: cartVariables.transform((env): CartConfig => ({
    ttlSeconds: env.CART_TTL_SECONDS,
    maxLines: env.CART_MAX_LINES,
    maxBytes: env.CART_MAX_BYTES,
    currency: env.CART_CURRENCY,
    pricePolicy: env.CART_PRICE_POLICY,
    checkoutTtlSeconds: env.CHECKOUT_TTL_SECONDS,
  })),
  events: eventsVariables.transform((env): EventsConfig => ({
    maxLength: env.EVENTS_MAXLEN,
    maxBytes: env.EVENTS_MAX_BYTES,
    heartbeatSeconds: env.EVENTS_HEARTBEAT_SECONDS,
  })),
  session: sessionVariables.transform((env): SessionConfig => ({
    idleSeconds: env.SESSION_IDLE_SECONDS,
    absoluteSeconds: env.SESSION_ABSOLUTE_SECONDS,
    maxPerUser: env.SESSION_MAX_PER_USER,
  })),
  productCache: productCacheVariables.transform((env): ProductCacheConfig => ({
    ttlSeconds: env.PRODUCT_TTL_SECONDS,
    origin:
      env.CATALOG_URL === undefined
        ? undefined
        : { template: env.CATALOG_URL, staleSeconds: env.PRODUCT_STALE_SECONDS },
    local: { maxEntries: env.PRODUCT_LOCAL_MAX_ENTRIES, maxBytes: env.PRODUCT_LOCAL_MAX_BYTES },
    currency: env.CART_CURRENCY,
  })),
  log: logVariables.transform((env): LogConfig => ({
    level: env.LOG_LEVEL,
    format: env.NODE_ENV === 'production' ? 'json' : 'pretty',
    requests: env.LOG_REQUESTS,
    slowMs: env.LOG_SLOW_MS,
  })),
  tracing: tracingVariables.transform((env): TracingConfig => ({
    endpoint: tracesEndpointOf(env),
    serviceName: env.OTEL_SERVICE_NAME,
    sampler: env.OTEL_TRACES_SAMPLER,
    ratio: env.OTEL_TRACES_SAMPLER_ARG,
    withIds: env.TRACES_WITH_IDS,
  })),
};

/** OpenTelemetry's specification: the address for traces is used as it is, the one for all signals is a base address. */
function tracesEndpointOf(env: z.infer<typeof tracingVariables>): URL | undefined {
  if (env.OTEL_SDK_DISABLED || env.OTEL_TRACES_EXPORTER === 'none') return undefined;
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT?.href.replace(/\/$/, '');
  return env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? (base === undefined ? undefined : new URL(`${base}/v1/traces`));
}

type AuthVariables = z.infer<typeof authVariables>;

function toAuthConfig(env: AuthVariables): AuthConfig {
  return {
    secret: env.JWT_SECRET,
    previousSecret: env.JWT_SECRET_PREVIOUS,
    isProduction: env.NODE_ENV === 'production',
    keySet: keySetOf(env),
    issuer: env.JWT_ISSUER,
    audience: env.JWT_AUDIENCE,
    devTokens: env.AUTH_DEV_TOKENS,
    // Guests need it, because their tokens are signed here.
    guests: env.AUTH_GUESTS && (env.JWT_SECRET !== undefined || env.NODE_ENV !== 'production'),
    accounts: env.AUTH_ACCOUNTS,
    refreshGraceSeconds: env.AUTH_REFRESH_GRACE_SECONDS,
  };
}

function keySetOf(env: AuthVariables): KeySetLocation | undefined {
  if (env.JWT_JWKS_URL !== undefined) return { url: env.JWT_JWKS_URL };
  return env.JWT_DISCOVERY && env.JWT_ISSUER !== undefined ? { issuer: env.JWT_ISSUER } : undefined;
}
