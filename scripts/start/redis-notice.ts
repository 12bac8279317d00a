import { setTimeout as delay } from 'node:timers/promises';
import type { RedisConfig } from '#config';

const LIMIT_MS = 2000;
const INTERVAL_MS = 100;

/**
 * What to tell the developer about the Redis that the environment names: where it is, and whether the service can use it. Waits up
 * to two seconds for it.
 * @param url the running service.
 */
export async function redisNotice(url: string, { address }: RedisConfig): Promise<string> {
  const where = addressText(address);
  if (await becomesReady(url)) return `Redis:  ${where}`;
  return `Redis:  ${where} IS NOT AVAILABLE, so requests get 503 until it is. The log says why.
        The address comes from REDIS_… in the environment or in .env. Start that Redis, or remove the variables:
        then npm start runs a Redis of its own.`;
}

async function becomesReady(url: string): Promise<boolean> {
  const giveUpAt = performance.now() + LIMIT_MS;
  while (performance.now() < giveUpAt) {
    if (await isReady(url)) return true;
    await delay(INTERVAL_MS);
  }
  return false;
}

/** Does not throw if the service stops meanwhile. */
async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Without user and password. */
function addressText(address: RedisConfig['address']): string {
  if ('socket' in address) return address.socket;
  if ('sentinels' in address) {
    return `${address.master}, by the Sentinels ${address.sentinels.map(({ host, port }) => `${host}:${port}`).join(', ')}`;
  }
  return `${address.host}:${address.port}`;
}
