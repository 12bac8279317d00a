import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findRedis } from '../../tools/private-redis/find-redis.js';
import { ROOT } from './root.js';
import { freePort, ServiceProcess } from './service-process.js';

const PASSWORD = 'of-the-service';
export const ADMINISTRATOR = { username: 'admin', password: 'of-the-administrator' } as const;

/** A Redis that is started as docs/runbook.md does it: with deploy/redis/redis.conf, users.acl and an administrator. */
export class DeployedRedis {
  private constructor(
    private readonly server: ServiceProcess,
    readonly port: number,
    /** A client of the administrator. */
    readonly client: Redis,
  ) {}

  /**
   * @param directory holds its data, and what it was started with before.
   * @param options of `redis-server`, such as `--appendonly no`.
   * @throws Error with its output, if it does not start.
   */
  static async start(directory: string, ...options: string[]): Promise<DeployedRedis> {
    const binary = await findRedis(process.env.PATH ?? '');
    if (binary === undefined) throw new Error('The tests need redis-server or valkey-server: run npm test.');
    const port = await freePort();
    const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory];
    const args = [join(ROOT, 'deploy/redis/redis.conf'), '--aclfile', await usersIn(directory), ...place, ...options];
    const server = ServiceProcess.run(binary, args, {});
    await server.printed(/ready to accept connections/i);
    return new DeployedRedis(server, port, new Redis({ host: '127.0.0.1', port, ...ADMINISTRATOR }));
  }

  /** The settings with which a service reaches it. */
  get environment(): Record<string, string> {
    return {
      REDIS_HOST: '127.0.0.1',
      REDIS_PORT: String(this.port),
      REDIS_USERNAME: 'cartwright',
      REDIS_PASSWORD: PASSWORD,
    };
  }

  /** Stops it as a service manager does: it first writes what it has. */
  async stop(): Promise<void> {
    this.client.disconnect();
    await this.server.end('SIGTERM');
  }
}

async function usersIn(directory: string): Promise<string> {
  const users = await readFile(join(ROOT, 'deploy/redis/users.acl'), 'utf8');
  const { username, password } = ADMINISTRATOR;
  const file = join(directory, 'users.acl');
  await writeFile(file, `${users.replace('CHANGE-ME', PASSWORD)}user ${username} on >${password} ~* &* +@all\n`);
  return file;
}
