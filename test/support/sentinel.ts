import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import * as z from 'zod';
import { findRedis } from '../../tools/private-redis/find-redis.js';
import { ROOT } from './root.js';
import { freePort, ServiceProcess } from './service-process.js';
import type { TestCertificates } from './test-certificates.js';

/** The password of the test and of the other Sentinels, which have all rights. */
const SENTINEL_PASSWORD = 'of-the-Sentinels';
const SERVICE_PASSWORD = 'of-the-service';
const MASTER = 'shop';
/** How long a primary may be silent until a Sentinel considers it failed. */
const DOWN_AFTER_MS = 1000;

const portReply = z.tuple([z.string(), z.coerce.number()]);

/** A real Redis Sentinel. */
export class Sentinel {
  private readonly client: Redis;

  private constructor(
    private readonly directory: string,
    private readonly binary: string,
    readonly port: number,
    private server: ServiceProcess,
    certificates?: TestCertificates,
  ) {
    this.client = new Redis({
      host: '127.0.0.1',
      port,
      password: SENTINEL_PASSWORD,
      retryStrategy: () => 20,
      ...(certificates && { tls: tlsOf(certificates) }),
    });
    // The client reconnects by itself while a test keeps the Sentinel down.
    this.client.on('error', () => undefined);
  }

  /**
   * @param quorum how many Sentinels must agree that the primary has failed.
   * @param certificates if given, encrypt the connections to it and from it.
   */
  static async start(primaryPort: number, quorum: number, certificates?: TestCertificates): Promise<Sentinel> {
    const binary = await findRedis(process.env.PATH ?? '');
    if (binary === undefined) throw new Error('The tests need redis-server or valkey-server: run npm test.');
    const directory = await mkdtemp(join(tmpdir(), 'cartwright-sentinel-'));
    const port = await freePort();
    await writeFile(
      join(directory, 'sentinel.conf'),
      `${portsOf(port, certificates)}
bind 127.0.0.1
dir ${directory}
${await leastRights()}
requirepass "${SENTINEL_PASSWORD}"
sentinel sentinel-pass "${SENTINEL_PASSWORD}"
sentinel monitor ${MASTER} 127.0.0.1 ${primaryPort} ${quorum}
sentinel down-after-milliseconds ${MASTER} ${DOWN_AFTER_MS}
sentinel failover-timeout ${MASTER} 2000
`,
    );
    return new Sentinel(directory, binary, port, await launch(binary, directory), certificates);
  }

  /** Kills the Sentinel, as a failing machine would. */
  async crash(): Promise<void> {
    await this.server.end('SIGKILL');
  }

  async restart(): Promise<void> {
    this.server = await launch(this.binary, this.directory);
  }

  /** Makes the Sentinel hang: connections stay open, but it does not reply. */
  freeze(): void {
    process.kill(this.server.pid, 'SIGSTOP');
  }

  /** The port of the server that it considers the primary. */
  async primaryPort(): Promise<number> {
    const [, port] = portReply.parse(await this.client.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', MASTER));
    return port;
  }

  /** How many other Sentinels and replicas it knows. */
  async known(): Promise<{ sentinels: number; replicas: number }> {
    const lists = ['SENTINELS', 'REPLICAS'].map(async (kind) => this.client.call('SENTINEL', kind, MASTER));
    const [sentinels = 0, replicas = 0] = (await Promise.all(lists)).map(
      (list) => z.array(z.unknown()).parse(list).length,
    );
    return { sentinels, replicas };
  }

  async stop(): Promise<void> {
    this.client.disconnect();
    await this.server.end('SIGKILL');
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** The settings with which a service finds the primary through Sentinels. */
export function sentinelEnvironment(sentinels: readonly Sentinel[]): Record<string, string> {
  return {
    REDIS_MODE: 'sentinel',
    REDIS_SENTINELS: sentinels.map(({ port }) => `127.0.0.1:${port}`).join(','),
    REDIS_SENTINEL_MASTER: MASTER,
    REDIS_SENTINEL_USERNAME: 'cartwright',
    REDIS_SENTINEL_PASSWORD: SERVICE_PASSWORD,
  };
}

/** The user of a service, with exactly the rights of deploy/redis/sentinel-users.acl. */
async function leastRights(): Promise<string> {
  const users = await readFile(join(ROOT, 'deploy/redis/sentinel-users.acl'), 'utf8');
  return users.replace('CHANGE-ME', SERVICE_PASSWORD);
}

function portsOf(port: number, certificates: TestCertificates | undefined): string {
  if (certificates === undefined) return `port ${port}`;
  const { ca, server } = certificates;
  return `port 0
tls-port ${port}
tls-replication yes
tls-ca-cert-file ${ca}
tls-cert-file ${server}.crt
tls-key-file ${server}.key`;
}

function tlsOf({ ca, client }: TestCertificates) {
  return { ca: readFileSync(ca), cert: readFileSync(`${client}.crt`), key: readFileSync(`${client}.key`) };
}

async function launch(binary: string, directory: string): Promise<ServiceProcess> {
  const server = ServiceProcess.run(binary, [join(directory, 'sentinel.conf'), '--sentinel'], {});
  await server.printed(/Sentinel ID is/);
  return server;
}
