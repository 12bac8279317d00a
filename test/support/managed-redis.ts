import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRedis } from '../../tools/private-redis/find-redis.js';
import { PrivateRedis } from '../../tools/private-redis/private-redis.js';
import { ServerName } from './server-name.js';

/** A real Redis server as a provider runs it: settings remove commands. It is reached through a name whose connections can be closed. */
export class ManagedRedis {
  private constructor(
    private readonly directory: string,
    private readonly server: PrivateRedis,
    private readonly name: ServerName,
  ) {}

  /** @param settings lines of `redis.conf`, such as `rename-command CONFIG ""`. */
  static async start(settings: readonly string[]): Promise<ManagedRedis> {
    const directory = await mkdtemp(join(tmpdir(), 'cartwright-managed-'));
    const server = await PrivateRedis.start({
      binary: await program(directory, settings),
      directory,
      appendOnly: false,
    });
    return new ManagedRedis(directory, server, await ServerName.start(server.socket));
  }

  /** The value for `REDIS_URL`. */
  get url(): string {
    return this.name.url;
  }

  /** Closes all connections; new ones are accepted. */
  drop(): void {
    this.name.drop();
  }

  async stop(): Promise<void> {
    await this.name.stop();
    await this.server.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** A program that starts this machine's Redis server with the settings. Only a file can contain `""`; an argument cannot. */
async function program(directory: string, settings: readonly string[]): Promise<string> {
  const binary = await findRedis(process.env.PATH ?? '');
  if (binary === undefined) throw new Error('The tests need redis-server or valkey-server: run npm test.');
  const [file, settingsFile] = [join(directory, 'managed-server'), join(directory, 'managed.conf')];
  await writeFile(settingsFile, `${settings.join('\n')}\n`);
  await writeFile(file, `#!/bin/sh\nexec '${binary}' '${settingsFile}' "$@"\n`, { mode: 0o700 });
  return file;
}
