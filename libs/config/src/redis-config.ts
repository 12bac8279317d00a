import type { RedisConfig } from './config.js';
import type { Environment } from './environment.js';

/** `REDIS_URL` where it is set, else the single variables. */
export function toRedisConfig(env: Environment): RedisConfig {
  const commandTimeoutMs = env.REDIS_COMMAND_TIMEOUT_MS;
  if (env.REDIS_URL !== undefined) return { ...fromUrl(new URL(env.REDIS_URL), env.REDIS_CLUSTER), commandTimeoutMs };
  return {
    address: { host: env.REDIS_HOST ?? '127.0.0.1', port: env.REDIS_PORT, tls: false, cluster: env.REDIS_CLUSTER },
    username: env.REDIS_USERNAME,
    password: env.REDIS_PASSWORD,
    database: env.REDIS_DB,
    commandTimeoutMs,
  };
}

function fromUrl(url: URL, cluster: boolean): Omit<RedisConfig, 'commandTimeoutMs'> {
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
  return {
    address: { host, port, tls: url.protocol === 'rediss:', cluster },
    ...credentials,
    database: Number(url.pathname.slice(1)),
  };
}
