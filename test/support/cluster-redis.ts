import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findRedis, PrivateRedis } from '#redis';
import { eventually } from './eventually.js';

/** A Redis Cluster of one node that owns all slots: it refuses what touches two of them, as any cluster does. */
export class ClusterRedis {
  private constructor(
    private readonly directory: string,
    private readonly server: PrivateRedis,
    readonly client: Redis,
  ) {}

  static async start(): Promise<ClusterRedis> {
    const directory = await mkdtemp(join(tmpdir(), 'cartwright-cluster-'));
    const server = await PrivateRedis.start({
      binary: await clusterServer(directory),
      directory,
      appendOnly: false,
    });
    const client = new Redis({ path: server.socket });
    await client.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
    await eventually(
      async () => client.cluster('INFO'),
      (info) => info.includes('cluster_state:ok'),
    );
    return new ClusterRedis(directory, server, client);
  }

  get url(): string {
    return this.server.url;
  }

  async stop(): Promise<void> {
    this.client.disconnect();
    await this.server.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** A program that starts the server of this machine as a cluster's node. */
async function clusterServer(directory: string): Promise<string> {
  const binary = await findRedis(process.env.PATH ?? '');
  if (binary === undefined) throw new Error('The tests need redis-server or valkey-server: run npm test.');
  const program = join(directory, 'cluster-server');
  // The port is for other nodes, of which there are none; by default it is that of clients plus 10000.
  const options = `--bind 127.0.0.1 --cluster-enabled yes --cluster-port ${await freePort()}`;
  await writeFile(program, `#!/bin/sh\nexec '${binary}' "$@" ${options}\n`, { mode: 0o700 });
  return program;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address: AddressInfo | string | null = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return address.port;
}
