import { findRedis } from '#redis';
import { installSystemPackage } from './system-package.js';

/**
 * The path of a Redis server program; installs one where there is none.
 * @throws Error with the commands that would get one.
 */
export async function ensureRedis(): Promise<string> {
  const found = await findRedis(process.env.PATH ?? '');
  if (found !== undefined) return found;
  installSystemPackage({ 'apt-get': 'redis-server', dnf: 'valkey', apk: 'redis' });
  const installed = await findRedis(process.env.PATH ?? '');
  if (installed === undefined) throw new Error('The package was installed, but redis-server is not on the PATH.');
  return installed;
}
