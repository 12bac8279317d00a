import * as z from 'zod';
import {
  contentsOfFile,
  currencyCode,
  flag,
  flagInAnyCase,
  hostList,
  list,
  oneOf,
  productUrlTemplate,
  ratio,
  redisUrl,
  secret,
  text,
  trustProxy,
  uriPrefix,
  webUrl,
  wholeNumber,
} from './environment-values.js';

const DAY = 86_400;

/** An identifier that is no link, for services whose operators have published no page about problems. */
export const DEFAULT_PROBLEM_TYPE_BASE = 'urn:cartwright:problem:';

/** The environment that the process runs in; several parts depend on it. */
const purpose = {
  NODE_ENV: oneOf(['development', 'production', 'test']).default('development'),
};

const defaultCurrency = {
  CART_CURRENCY: currencyCode().default('USD'),
};

export const httpVariables = z.object({
  HOST: text().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(8001),
  TRUST_PROXY: trustProxy().optional(),
  CORS_ORIGINS: list().default([]),
  HTTP_KEEP_ALIVE_SECONDS: wholeNumber(1, 7200).default(65),
  SHUTDOWN_DRAIN_SECONDS: wholeNumber(0, 300).default(5),
  PROBLEM_TYPE_BASE: uriPrefix().default(DEFAULT_PROBLEM_TYPE_BASE),
  DOCS: flag().default(true),
});

export const shopVariables = z.object({
  ...purpose,
  SHOP: flag().optional(),
});

export const healthVariables = z.object({
  HEALTH_DETAILS: flag().default(false),
  READINESS_REDIS: oneOf(['strict', 'degraded']).default('strict'),
});

export const logVariables = z.object({
  ...purpose,
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_REQUESTS: oneOf(['all', 'errors', 'off']).default('all'),
  LOG_SLOW_MS: wholeNumber(0, 600_000).default(500),
});

export const metricsVariables = z.object({
  ...purpose,
  METRICS_TOKEN: secret().optional(),
  METRICS_PORT: wholeNumber(0, 65_535).optional(),
});

export const redisVariables = z.object({
  REDIS_URL: redisUrl().optional(),
  REDIS_HOST: text().optional(),
  REDIS_PORT: wholeNumber(1, 65_535).default(6379),
  REDIS_USERNAME: text().optional(),
  REDIS_PASSWORD: text().optional(),
  REDIS_DB: wholeNumber(0, 65_535).default(0),
  REDIS_MODE: oneOf(['single', 'sentinel', 'cluster']).default('single'),
  REDIS_SENTINELS: hostList(26_379).optional(),
  REDIS_SENTINEL_MASTER: text().optional(),
  REDIS_SENTINEL_USERNAME: text().optional(),
  REDIS_SENTINEL_PASSWORD: text().optional(),
  REDIS_TLS: flag().default(false),
  REDIS_TLS_CA_FILE: contentsOfFile().optional(),
  REDIS_TLS_CERT_FILE: contentsOfFile().optional(),
  REDIS_TLS_KEY_FILE: contentsOfFile().optional(),
  REDIS_TLS_SERVER_NAME: text().optional(),
  // Four commands in sequence, the most that a request needs, stay below the second within which it gets its response.
  REDIS_COMMAND_TIMEOUT_MS: wholeNumber(10, 10_000).default(240),
});

export const replicationVariables = z.object({
  REDIS_WAIT_REPLICAS: wholeNumber(0, 100).default(0),
  REDIS_WAIT_TIMEOUT_MS: wholeNumber(1, 10_000).default(100),
});

export const authVariables = z.object({
  ...purpose,
  JWT_SECRET: secret().optional(),
  JWT_SECRET_PREVIOUS: secret().optional(),
  JWT_JWKS_URL: webUrl().optional(),
  JWT_DISCOVERY: flag().default(false),
  JWT_ISSUER: text().optional(),
  JWT_AUDIENCE: text().optional(),
  AUTH_DEV_TOKENS: flag().default(false),
  AUTH_GUESTS: flag().default(true),
  AUTH_ACCOUNTS: flag().default(false),
  AUTH_REFRESH_GRACE_SECONDS: wholeNumber(0, 300).default(30),
});

export const rateLimitVariables = z.object({
  RATE_LIMIT_MAX: wholeNumber(1, 1_000_000_000).default(100),
  RATE_LIMIT_ADDRESS_MAX: wholeNumber(0, 1_000_000_000).default(1000),
  RATE_LIMIT_WINDOW_SECONDS: wholeNumber(1, DAY).default(60),
  RATE_LIMIT_ON_FAILURE: oneOf(['closed', 'local']).default('closed'),
});

export const cartVariables = z.object({
  ...defaultCurrency,
  CART_TTL_SECONDS: wholeNumber(1, 365 * DAY).default(7 * DAY),
  CART_MAX_LINES: wholeNumber(1, 10_000).default(200),
  CART_MAX_BYTES: wholeNumber(8192, 16 * 1024 ** 2).default(256 * 1024),
  CART_PRICE_POLICY: oneOf(['client', 'catalog']).default('client'),
  CHECKOUT_TTL_SECONDS: wholeNumber(1, DAY).default(900),
});

export const eventsVariables = z.object({
  EVENTS_MAXLEN: wholeNumber(1, 100_000_000).default(100_000),
  EVENTS_MAX_BYTES: wholeNumber(1024 ** 2, 1024 ** 4).default(64 * 1024 ** 2),
  EVENTS_HEARTBEAT_SECONDS: wholeNumber(1, 60).default(15),
});

export const sessionVariables = z.object({
  SESSION_IDLE_SECONDS: wholeNumber(1, 365 * DAY).default(3600),
  SESSION_ABSOLUTE_SECONDS: wholeNumber(1, 365 * DAY).default(7 * DAY),
  SESSION_MAX_PER_USER: wholeNumber(1, 1000).default(20),
});

export const productCacheVariables = z.object({
  ...defaultCurrency,
  PRODUCT_TTL_SECONDS: wholeNumber(1, 7 * DAY).default(3600),
  CATALOG_URL: productUrlTemplate().optional(),
  PRODUCT_STALE_SECONDS: wholeNumber(0, 7 * DAY).default(0),
  PRODUCT_LOCAL_MAX_ENTRIES: wholeNumber(0, 1_000_000).default(10_000),
  PRODUCT_LOCAL_MAX_BYTES: wholeNumber(65_536, 4 * 1024 ** 3).default(16 * 1024 ** 2),
});

export const tracingVariables = z.object({
  OTEL_SDK_DISABLED: flagInAnyCase().default(false),
  OTEL_TRACES_EXPORTER: oneOf(['otlp', 'none']).default('otlp'),
  OTEL_EXPORTER_OTLP_ENDPOINT: webUrl().optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: webUrl().optional(),
  OTEL_SERVICE_NAME: text().default('cartwright'),
  OTEL_TRACES_SAMPLER: oneOf([
    'always_on',
    'always_off',
    'traceidratio',
    'parentbased_always_on',
    'parentbased_always_off',
    'parentbased_traceidratio',
  ]).default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: ratio().default(1),
  TRACES_WITH_IDS: flag().default(false),
});

/** Every variable that an app may read, with its default and accepted values. `.env.example` lists the same. */
export const environmentSchema = z.object({
  ...logVariables.shape,
  ...httpVariables.shape,
  ...shopVariables.shape,
  ...healthVariables.shape,
  ...metricsVariables.shape,
  ...redisVariables.shape,
  ...replicationVariables.shape,
  ...authVariables.shape,
  ...rateLimitVariables.shape,
  ...cartVariables.shape,
  ...eventsVariables.shape,
  ...sessionVariables.shape,
  ...productCacheVariables.shape,
  ...tracingVariables.shape,
});

export type Environment = z.infer<typeof environmentSchema>;
