import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { configParts, loadConfigParts } from '#config';
import { issueToken } from '../scripts/issue-token.js';
import { MeasuredServer, type ServerCommand } from './measured-server.js';
import type { BenchRedis } from './redis-server.js';

const ROOT = join(import.meta.dirname, '../..');
const JWT_SECRET = 'a secret for benchmarks, of 32 bytes or more';
const PRODUCTS = 20;
export const DATABASES = { floor: 0, cartwright: 1, control: 2 } as const;
const { auth } = loadConfigParts({ auth: configParts.auth }, { NODE_ENV: 'production', JWT_SECRET });
const PORTS = { floor: 18_100, cartwright: 18_101, control: 18_103, base: 18_105, changed: 18_106 } as const;

/** Limits that are never reached, although every request is counted. */
const UNREACHED_LIMITS = { RATE_LIMIT_MAX: '1000000000', RATE_LIMIT_ADDRESS_MAX: '1000000000' };

/** A token that the service accepts. */
export function tokenOf(userId: string, ...roles: string[]): string {
  return issueToken(auth, { userId, roles, expiresIn: 86_400 });
}

/** Writes a file with tokens for this many users, one per line. */
export async function writeTokens(directory: string, users: number): Promise<string> {
  const tokens = Array.from({ length: users }, (_, user) => tokenOf(`user-${user}`));
  const file = join(directory, 'tokens.txt');
  await writeFile(file, `${tokens.join('\n')}\n`);
  return file;
}

/** Puts products into both servers' caches, as the guide's code would. */
export async function fillProducts({ client }: BenchRedis): Promise<void> {
  for (const database of Object.values(DATABASES)) {
    await client.select(database);
    for (let product = 1; product <= PRODUCTS; product += 1) {
      const text = JSON.stringify({ name: `Product ${product}`, price: Number(`${product}.99`) });
      await client.set(`product:product-${product}`, text);
    }
  }
}

/** The options that `npm run start:prod` passes to Node, and the program, in the folder of a build. */
async function shippedCommand(root: string): Promise<string[]> {
  const manifest = z.object({ scripts: z.object({ 'start:prod': z.string() }) });
  const { scripts } = manifest.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  const [, ...options] = scripts['start:prod'].split(' ');
  const program = options.pop() ?? '';
  return [...options, join(root, program)];
}

export async function startFloor(node: string, redis: BenchRedis): Promise<MeasuredServer> {
  return MeasuredServer.start({
    ...command('floor', node, redis),
    args: [join(ROOT, 'bench/floor/server.mjs')],
    readyPath: '/',
  });
}

/** The service as shipped, except that its rate limits are never reached; requests are still counted. */
export async function startService(node: string, redis: BenchRedis, pinned = true): Promise<MeasuredServer> {
  return MeasuredServer.start(await serviceCommand('cartwright', node, redis), pinned);
}

/** Another instance, with its own database. */
export async function startControl(node: string, redis: BenchRedis): Promise<MeasuredServer> {
  return MeasuredServer.start(await serviceCommand('control', node, redis));
}

/**
 * One instance of a pair, on the carts of `startService`: carts of another size would cost something else.
 * @param root the folder of its build.
 * @param settings what differs from the defaults.
 */
export async function startVariant(
  name: 'base' | 'changed',
  node: string,
  redis: BenchRedis,
  root: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<MeasuredServer> {
  const { environment, ...shipped } = await serviceCommand('cartwright', node, redis, root);
  return MeasuredServer.start({ ...shipped, name, port: PORTS[name], environment: { ...environment, ...settings } });
}

async function serviceCommand(
  name: 'cartwright' | 'control',
  node: string,
  redis: BenchRedis,
  root = ROOT,
): Promise<ServerCommand> {
  return { ...command(name, node, redis), args: await shippedCommand(root), readyPath: '/health/ready' };
}

function command(
  name: keyof typeof DATABASES,
  node: string,
  redis: BenchRedis,
): Omit<ServerCommand, 'args' | 'readyPath'> {
  return {
    name,
    node,
    port: PORTS[name],
    environment: { REDIS_URL: redis.url(DATABASES[name]), JWT_SECRET, ...UNREACHED_LIMITS },
  };
}
