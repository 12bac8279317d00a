import { once } from 'node:events';
import { createServer } from 'node:net';
import { isRedisConfigured, loadConfig, processEnvironment, type Config } from '#config';
import { ExplainedError } from '#kernel';
import { firstSignal, explainFailure } from '#runtime';
import { PrivateRedis } from '../tools/private-redis/private-redis.js';
import { startApi } from '../apps/api/src/api.js';
import { ensureRedis } from './ensure-redis.js';
import { issueToken } from './issue-token.js';

/** `npm start`: the service with all it needs for trying it out, a Redis of its own where the environment names none. */

const REDIS_DIRECTORY = '.data/redis';

// From here on, so that a signal during the start does not leave the private Redis behind.
const signal = firstSignal();
let redis: PrivateRedis | undefined;
try {
  const environment = { AUTH_DEV_TOKENS: 'true', ...processEnvironment() };
  const hasRedis = isRedisConfigured(environment);
  const { http } = loadConfig(hasRedis ? environment : { ...environment, REDIS_URL: 'unix:not-started-yet' });
  await requireFreePort(http);

  if (!hasRedis) {
    redis = await PrivateRedis.start({ binary: await ensureRedis(), directory: REDIS_DIRECTORY, appendOnly: true });
  }
  const config = loadConfig(redis === undefined ? environment : { ...environment, REDIS_URL: redis.url });
  const api = await startApi(config, signal);
  if (api !== undefined) {
    greet(api.url, config);
    await Promise.race([api.closed, redisDied()]);
  }
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exitCode = 1;
} finally {
  await redis?.stop();
}
process.exit();

/** Asks for the port before anything is started, so that a second `npm start` leaves the first one's Redis alone. */
async function requireFreePort({ host, port }: Config['http']): Promise<void> {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}

/** @throws ExplainedError when the private Redis ends before the service does. */
async function redisDied(): Promise<never> {
  await (redis?.ended() ?? new Promise(() => undefined));
  throw new ExplainedError(
    `The Redis in ${REDIS_DIRECTORY} has ended, and this service with it. Start again; the data stay.`,
  );
}

function greet(url: string, config: Config): void {
  const token = issueToken(config.auth, { userId: 'user123', roles: ['catalog', 'ops'], expiresIn: 86_400 });
  const body = { product_id: 'laptop', quantity: 1, product_data: { name: 'MacBook Pro', price: 1299.99 } };
  process.stdout.write(`
Cartwright runs at ${url}
Docs:   ${url}/docs
${redis === undefined ? '' : `Redis:  redis-cli -s ${redis.socket}\n`}
Try it:

curl -X POST ${url}/cart/add \\
  -H 'Authorization: Bearer ${token}' \\
  -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(body)}'

`);
}
