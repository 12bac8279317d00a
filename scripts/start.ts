import { once } from 'node:events';
import { createServer } from 'node:net';
import { ROLES } from '#auth';
import { isRedisConfigured, loadConfig, processEnvironment, type Config } from '#config';
import { ExplainedError } from '#kernel';
import { firstSignal, explainFailure } from '#runtime';
import { PrivateRedis } from '../tools/private-redis/private-redis.js';
import { startApi } from '../apps/api/src/api.js';
import { ensureRedis } from './ensure-redis.js';
import { issueToken } from './issue-token.js';
import { redisNotice } from './start/redis-notice.js';
import { forgetRunningService, noteRunningService } from './start/running-service.js';
import { seedShop } from './start/seed-shop.js';

/** `npm start`: runs the service with everything it needs for development, including a private Redis if the environment names none. */

const REDIS_DIRECTORY = '.data/redis';

// Set up first, so that a signal during the start does not leave the private Redis behind.
const signal = firstSignal();
let redis: PrivateRedis | undefined;
try {
  // With accounts, because shoppers of /shop sign in with them.
  const environment = { AUTH_DEV_TOKENS: 'true', AUTH_ACCOUNTS: 'true', ...processEnvironment() };
  const hasRedis = isRedisConfigured(environment);
  const { http } = loadConfig(hasRedis ? environment : { ...environment, REDIS_URL: 'unix:not-started-yet' });
  await requireFreePort(http);

  if (!hasRedis) {
    redis = await PrivateRedis.start({ binary: await ensureRedis(), directory: REDIS_DIRECTORY, appendOnly: true });
  }
  const config = loadConfig(redis === undefined ? environment : { ...environment, REDIS_URL: redis.url });
  const api = await startApi(config, signal);
  if (api !== undefined) {
    noteRunningService(api.url);
    const redisLine = await describeRedis(api.url, config);
    greet(api.url, config, [...describeDocs(api.url, config), ...(await describeShop(api.url, config)), redisLine]);
    await Promise.race([api.closed, redisDied()]).finally(forgetRunningService);
  }
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exitCode = 1;
} finally {
  await redis?.stop();
}
process.exit();

/** Checks the port before anything is started, so that a second `npm start` does not touch the first one's Redis. */
async function requireFreePort({ host, port }: Config['http']): Promise<void> {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}

/** @throws ExplainedError if the private Redis ends before the service does. */
async function redisDied(): Promise<never> {
  await (redis?.ended() ?? new Promise(() => undefined));
  throw new ExplainedError(
    `The Redis in ${REDIS_DIRECTORY} has ended, so this service stops too. Start again; the data is kept.`,
  );
}

async function describeRedis(url: string, config: Config): Promise<string> {
  return redis === undefined ? redisNotice(url, config.redis) : `Redis:  redis-cli -s ${redis.socket}`;
}

function describeDocs(url: string, { http }: Config): string[] {
  return http.docs ? [`Docs:   ${url}/docs`] : [];
}

/** Fills the shop's shelf. */
async function describeShop(url: string, config: Config): Promise<string[]> {
  if (!config.shop.isOn) return [];
  const hasProducts = await seedShop(url, config);
  return [`Shop:   ${url}/shop${hasProducts ? '' : ' (without products, because the product cache is not available)'}`];
}

function greet(url: string, { auth, http }: Config, lines: readonly string[]): void {
  const body = { product_id: 'laptop', quantity: 1, product_data: { name: 'MacBook Pro', price: 1299.99 } };
  process.stdout.write(`
Cartwright runs at ${url}
${lines.join('\n')}

Try it, with a token that is valid for a day and has all roles${http.docs ? '. Authorize in the docs takes the same token' : ''}:

curl -X POST ${url}/cart/add \\
  -H 'Authorization: Bearer ${issueToken(auth, { userId: 'user123', roles: [...ROLES], expiresIn: 86_400 })}' \\
  -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(body)}'

`);
}
