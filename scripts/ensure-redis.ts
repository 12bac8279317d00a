import { ExplainedError } from '#kernel';
import { findRedis } from '../tools/private-redis/find-redis.js';
import { installSystemPackage } from './system-package.js';

/** For systems whose package manager the scripts do not use, such as macOS, and for people without administrator's rights. */
const BY_HAND = `Other ways to get a Redis:
  brew install redis        (macOS; then run this command again)
  docker run -d --name cartwright-redis -p 127.0.0.1:6379:6379 redis:7.4
  export REDIS_URL=redis://127.0.0.1:6379        (for npm start, after docker run)`;

/**
 * Returns the path of a Redis server program, and installs one if there is none.
 * @throws ExplainedError with the commands that would install one.
 */
export async function ensureRedis(): Promise<string> {
  const found = await findRedis(process.env.PATH ?? '');
  if (found !== undefined) return found;
  installRedis();
  const installed = await findRedis(process.env.PATH ?? '');
  if (installed === undefined)
    throw new ExplainedError('The package was installed, but redis-server is not on the PATH.');
  return installed;
}

function installRedis(): void {
  try {
    installSystemPackage({ 'apt-get': 'redis-server', dnf: 'valkey', apk: 'redis' });
  } catch (error) {
    if (!(error instanceof ExplainedError)) throw error;
    throw new ExplainedError(`${error.message}\n${BY_HAND}`, { cause: error });
  }
}
