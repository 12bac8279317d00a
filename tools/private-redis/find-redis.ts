import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const SERVERS = ['redis-server', 'valkey-server'];

/** The first `redis-server` or `valkey-server` on this PATH. */
export async function findRedis(path: string): Promise<string | undefined> {
  const candidates = SERVERS.flatMap((server) => path.split(delimiter).map((folder) => join(folder, server)));
  for (const candidate of candidates) {
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
