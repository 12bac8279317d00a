import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { eventually } from './eventually.js';

/**
 * Makes Redis fail to write a snapshot, after which it rejects writes with `MISCONF`.
 * @returns a function that undoes it.
 */
export async function failSnapshots(client: Redis): Promise<() => Promise<void>> {
  const [, folder = ''] = await client.config('GET', 'dir');
  // Redis cannot replace a folder by its file.
  const snapshot = join(folder, 'dump.rdb');
  await rm(snapshot, { force: true });
  await mkdir(snapshot);
  await client.config('SET', 'save', '3600 1');
  await client.bgsave();
  await eventually(
    async () => client.info('persistence'),
    (info) => info.includes('rdb_last_bgsave_status:err'),
  );
  return async () => {
    await rm(snapshot, { recursive: true });
    await client.bgsave();
    await client.config('SET', 'save', '');
  };
}
