import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import type { Config, KeySetLocation } from './config.js';
import { ConfigurationError } from './configuration.error.js';
import { findContradictions } from './contradictions.js';
import { environmentSchema, type Environment } from './environment.js';
import { toRedisConfig } from './redis-config.js';

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** The variables of this process; outside production also those that `.env` holds and the process does not. */
export function processEnvironment(): EnvironmentVariables {
  if (process.env.NODE_ENV !== 'production' && existsSync('.env')) loadEnvFile('.env');
  return process.env;
}

/**
 * Reads and checks the environment, all of it before anything starts. An empty variable counts as not set.
 * @throws ConfigurationError with every fault at once.
 */
export function loadConfig(variables: EnvironmentVariables = processEnvironment()): Config {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  const malformed = parsed.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];
  const faults = [...malformed, ...findContradictions(given)];
  if (!parsed.success || faults.length > 0) throw new ConfigurationError(faults);
  return toConfig(parsed.data);
}

function toConfig(env: Environment): Config {
  return {
    http: {
      host: env.HOST,
      port: env.PORT,
      trustProxy: env.TRUST_PROXY ?? false,
      corsOrigins: env.CORS_ORIGINS,
      keepAliveSeconds: env.HTTP_KEEP_ALIVE_SECONDS,
      drainSeconds: env.SHUTDOWN_DRAIN_SECONDS,
    },
    redis: toRedisConfig(env),
    replication: { replicas: env.REDIS_WAIT_REPLICAS, timeoutMs: env.REDIS_WAIT_TIMEOUT_MS },
    auth: {
      secret: env.JWT_SECRET,
      previousSecret: env.JWT_SECRET_PREVIOUS,
      isProduction: env.NODE_ENV === 'production',
      keySet: keySetOf(env),
      issuer: env.JWT_ISSUER,
      audience: env.JWT_AUDIENCE,
      devTokens: env.AUTH_DEV_TOKENS,
      // A guest's token is signed here.
      guests: env.AUTH_GUESTS && (env.JWT_SECRET !== undefined || env.NODE_ENV !== 'production'),
      accounts: env.AUTH_ACCOUNTS,
      refreshGraceSeconds: env.AUTH_REFRESH_GRACE_SECONDS,
    },
    rateLimit: {
      max: env.RATE_LIMIT_MAX,
      addressMax: env.RATE_LIMIT_ADDRESS_MAX,
      windowSeconds: env.RATE_LIMIT_WINDOW_SECONDS,
      onFailure: env.RATE_LIMIT_ON_FAILURE,
    },
    cart: {
      ttlSeconds: env.CART_TTL_SECONDS,
      maxLines: env.CART_MAX_LINES,
      maxBytes: env.CART_MAX_BYTES,
      currency: env.CART_CURRENCY,
      pricePolicy: env.CART_PRICE_POLICY,
      checkoutTtlSeconds: env.CHECKOUT_TTL_SECONDS,
    },
    events: {
      maxLength: env.EVENTS_MAXLEN,
      maxBytes: env.EVENTS_MAX_BYTES,
      heartbeatSeconds: env.EVENTS_HEARTBEAT_SECONDS,
    },
    session: {
      idleSeconds: env.SESSION_IDLE_SECONDS,
      absoluteSeconds: env.SESSION_ABSOLUTE_SECONDS,
      maxPerUser: env.SESSION_MAX_PER_USER,
    },
    productCache: {
      ttlSeconds: env.PRODUCT_TTL_SECONDS,
      origin:
        env.CATALOG_URL === undefined
          ? undefined
          : { template: env.CATALOG_URL, staleSeconds: env.PRODUCT_STALE_SECONDS },
      local: { maxEntries: env.PRODUCT_LOCAL_MAX_ENTRIES, maxBytes: env.PRODUCT_LOCAL_MAX_BYTES },
      currency: env.CART_CURRENCY,
    },
    log: { level: env.LOG_LEVEL, format: env.NODE_ENV === 'production' ? 'json' : 'pretty' },
  };
}

function keySetOf(env: Environment): KeySetLocation | undefined {
  if (env.JWT_JWKS_URL !== undefined) return { url: env.JWT_JWKS_URL };
  return env.JWT_DISCOVERY && env.JWT_ISSUER !== undefined ? { issuer: env.JWT_ISSUER } : undefined;
}
