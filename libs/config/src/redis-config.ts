import type * as z from 'zod';
import type { RedisConfig, TlsConfig } from './config.js';
import type { redisVariables } from './environment.js';

type Environment = z.infer<typeof redisVariables>;

type Server = Pick<RedisConfig, 'address' | 'username' | 'password' | 'database'>;

/** The address from the Sentinels, from `REDIS_URL` if it is set, or from the single variables. */
export function toRedisConfig(env: Environment): RedisConfig {
  return { ...serverOf(env), commandTimeoutMs: env.REDIS_COMMAND_TIMEOUT_MS };
}

function serverOf(env: Environment): Server {
  if (env.REDIS_URL !== undefined) return fromUrl(new URL(env.REDIS_URL), env);
  const { REDIS_USERNAME: username, REDIS_PASSWORD: password, REDIS_DB: database } = env;
  return { address: addressOf(env), username, password, database };
}

function addressOf(env: Environment): RedisConfig['address'] {
  const tls = env.REDIS_TLS ? tlsOf(env) : undefined;
  if (env.REDIS_MODE !== 'sentinel') {
    return { host: env.REDIS_HOST ?? '127.0.0.1', port: env.REDIS_PORT, tls, cluster: env.REDIS_MODE === 'cluster' };
  }
  const { REDIS_SENTINELS: sentinels = [], REDIS_SENTINEL_MASTER: master = '' } = env;
  const { REDIS_SENTINEL_USERNAME: username, REDIS_SENTINEL_PASSWORD: password } = env;
  return { sentinels, master, username, password, tls };
}

function fromUrl(url: URL, env: Environment): Server {
  const credentials = {
    username: url.username === '' ? undefined : decodeURIComponent(url.username),
    password: url.password === '' ? undefined : decodeURIComponent(url.password),
  };
  if (url.protocol === 'unix:') {
    const socket = decodeURIComponent(url.pathname);
    return { address: { socket }, ...credentials, database: Number(url.searchParams.get('db')) };
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? 6379 : Number(url.port);
  const tls = url.protocol === 'rediss:' || env.REDIS_TLS ? tlsOf(env) : undefined;
  return {
    address: { host, port, tls, cluster: env.REDIS_MODE === 'cluster' },
    ...credentials,
    database: Number(url.pathname.slice(1)),
  };
}

function tlsOf(env: Environment): TlsConfig {
  return {
    ca: env.REDIS_TLS_CA_FILE,
    cert: env.REDIS_TLS_CERT_FILE,
    key: env.REDIS_TLS_KEY_FILE,
    servername: env.REDIS_TLS_SERVER_NAME,
  };
}
