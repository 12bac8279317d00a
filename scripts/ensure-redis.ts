import { ExplainedError } from '#kernel';
import { findRedis } from '../tools/private-redis/find-redis.js';
import { installSystemPackage } from './system-package.js';

/**
 * The path of a Redis server program; installs one if there is none.
 * @throws ExplainedError with the commands that would get one.
 */
export async function ensureRedis(): Promise<string> {
  const found = await findRedis(process.env.PATH ?? '');
  if (found !== undefined) return found;
  installSystemPackage({ 'apt-get': 'redis-server', dnf: 'valkey', apk: 'redis' });
  const installed = await findRedis(process.env.PATH ?? '');
  if (installed === undefined)
    throw new ExplainedError('The package was installed, but redis-server is not on the PATH.');
  return installed;
}
