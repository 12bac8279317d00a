import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findRedis } from '../../tools/private-redis/find-redis.js';

/**
 * A program in the folder that starts this machine's Redis server with additional options, such as `--maxmemory 10mb`.
 * @throws Error if the machine has no Redis server.
 */
export async function redisProgram(directory: string, options: string): Promise<string> {
  const binary = await findRedis(process.env.PATH ?? '');
  if (binary === undefined) throw new Error('The tests need redis-server or valkey-server: run npm test.');
  const program = join(directory, 'redis-program');
  await writeFile(program, `#!/bin/sh\nexec '${binary}' "$@" ${options}\n`, { mode: 0o700 });
  return program;
}
