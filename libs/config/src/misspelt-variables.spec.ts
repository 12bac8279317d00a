import { findMisspeltVariables } from './misspelt-variables.js';

const MISSPELT: readonly [given: string, likely: string][] = [
  ['CART_TTL_SECOND', 'CART_TTL_SECONDS'],
  ['CART_TTL_SECS', 'CART_TTL_SECONDS'],
  ['CART_TTL', 'CART_TTL_SECONDS'],
  ['CART_MAX_LINE', 'CART_MAX_LINES'],
  ['REDIS_HOTS', 'REDIS_HOST'],
  ['REDIS_HOSTNAME', 'REDIS_HOST'],
  ['REDIS_USER', 'REDIS_USERNAME'],
  ['JWT_SECRETS', 'JWT_SECRET'],
  ['JWT_KEY_SECRET', 'JWT_SECRET'],
  ['SESSION_TTL_SECONDS', 'SESSION_IDLE_SECONDS'],
  ['RATE_LIMIT', 'RATE_LIMIT_MAX'],
  ['RATE_LIMIT_WINDOW_SECS', 'RATE_LIMIT_WINDOW_SECONDS'],
  ['LOG_SLOW', 'LOG_SLOW_MS'],
  ['METRIC_TOKEN', 'METRICS_TOKEN'],
  ['READINES_REDIS', 'READINESS_REDIS'],
  ['NODE_ENVV', 'NODE_ENV'],
  ['REDIS_CLUSTER', 'REDIS_MODE=cluster'],
  ['OTEL_TRACES_SAMPLERARG', 'OTEL_TRACES_SAMPLER_ARG'],
  ['OTEL_RESOURCE_ATTRIBUTE', 'OTEL_RESOURCE_ATTRIBUTES'],
];

it.each(MISSPELT)('%s is reported, with %s as the likely name', (given, likely) => {
  expect(findMisspeltVariables({ [given]: 'value-9f2c' })).toEqual([
    `${given} is not a setting of this service. Did you mean ${likely}?`,
  ]);
});

it.each(['REDIS_MAXMEMORY', 'REDIS_XY', 'CART_COLOUR', 'JWT_ALGORITHM'])(
  '%s is reported without a likely name, because it is like none',
  (given) => {
    expect(findMisspeltVariables({ [given]: 'value-9f2c' })).toEqual([`${given} is not a setting of this service.`]);
  },
);

const OF_OTHERS: readonly [name: string, value: string][] = [
  ['REDIS_SERVICE_HOST', '10.0.0.11'],
  ['REDIS_SERVICE_PORT', '6379'],
  ['REDIS_SERVICE_PORT_TCP_REDIS', '6379'],
  ['REDIS_PORT_6379_TCP', 'tcp://10.0.0.11:6379'],
  ['REDIS_PORT_6379_TCP_ADDR', '10.0.0.11'],
  ['CART_PORT', 'tcp://10.0.0.11:80'],
  ['CART_API_PORT_80_TCP_PROTO', 'tcp'],
  ['REDIS_COMMANDER_USER', 'admin'],
  ['REDIS_COMMANDER_PASSWORD', 'secret'],
  ['REDIS_ARGS', '--save 60 1'],
  ['REDIS_VERSION', '7.4.9'],
  ['REDIS_DOWNLOAD_SHA', '6ab0'],
  ['SESSION_MANAGER', 'local/desk:@/tmp/.ICE-unix/1'],
  ['HTTP_PROXY', 'http://proxy:3128'],
  ['NODE_OPTIONS', ''],
  ['NODE_EXTRA_CA_CERTS', 'ca.pem'],
  ['OTEL_EXPORTER_OTLP_HEADERS', ''],
  ['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', 'http://collector:4318'],
  ['OTEL_RESOURCE_ATTRIBUTES', ''],
  ['OTEL_METRICS_EXPORTER', 'none'],
  ['OTEL_LOGS_EXPORTER', 'none'],
  ['XDG_SESSION_ID', '2'],
  ['HOME', '/root'],
  ['PATH', '/bin'],
  ['PORTS', ''],
];

it.each(OF_OTHERS)('%s=%s is left alone', (name, value) => {
  expect(findMisspeltVariables({ [name]: value })).toEqual([]);
});

it('settings of the service are left alone', () => {
  expect(findMisspeltVariables({ CART_TTL_SECONDS: '60', REDIS_URL: 'redis://redis', LOG_LEVEL: 'info' })).toEqual([]);
});
