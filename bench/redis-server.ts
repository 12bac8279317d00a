import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { onCore, OTHER_CORE } from './cores.js';

/** As in `deploy/redis/redis.conf`, except that nothing is written to disk and memory has no limit. */
const OPTIONS = ['--appendonly', 'no', '--save', '', '--maxmemory', '0', '--loglevel', 'warning'];

/** A Redis server for a measurement. */
export class BenchRedis {
  private constructor(
    private readonly child: ChildProcess,
    private readonly port: number,
    readonly client: Redis,
  ) {}

  static async start(binary: string, configuration: string, port: number): Promise<BenchRedis> {
    const [program, ...args] = onCore(OTHER_CORE, [binary, configuration, '--port', String(port), ...OPTIONS]);
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    process.once('exit', () => child.kill('SIGKILL'));
    const client = new Redis(port, { retryStrategy: () => 50 });
    client.on('error', () => undefined);
    while (client.status !== 'ready' && child.exitCode === null) await delay(20);
    if (child.exitCode !== null) throw new Error(`Redis ended with ${child.exitCode}; is port ${port} taken?`);
    return new BenchRedis(child, port, client);
  }

  url(database: number): string {
    return `redis://127.0.0.1:${this.port}/${database}`;
  }

  /** Bytes that it has allocated. */
  async usedBytes(): Promise<number> {
    return this.figure('memory', 'used_memory');
  }

  /** CPU time that it has used, in microseconds. */
  async cpuMicroseconds(): Promise<number> {
    const [user, system] = await Promise.all([this.figure('cpu', 'used_cpu_user'), this.figure('cpu', 'used_cpu_sys')]);
    return (user + system) * 1e6;
  }

  private async figure(section: string, name: string): Promise<number> {
    const info = await this.client.info(section);
    return Number(new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]);
  }

  async stop(): Promise<void> {
    this.client.disconnect();
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}
