import type { Redis } from 'ioredis';
import { ClusterNode } from './cluster-node.js';
import { eventually } from './eventually.js';

const SLOTS = 16_384;

/** A Redis Cluster: it rejects commands that touch two slots, and each node rejects keys of other nodes. */
export class ClusterRedis {
  private constructor(readonly nodes: readonly [ClusterNode, ...ClusterNode[]]) {}

  /** @param sizes defaults to one node that owns all slots; with replicas, each primary has one. */
  static async start({ primaries = 1, replicas = false } = {}): Promise<ClusterRedis> {
    const first = await ClusterNode.start();
    const count = primaries * (replicas ? 2 : 1) - 1;
    const others = await Promise.all(Array.from({ length: count }, async () => ClusterNode.start()));
    const cluster = new ClusterRedis([first, ...others]);
    await cluster.form(primaries);
    return cluster;
  }

  /** The address from which a client discovers the whole cluster. */
  get url(): string {
    return `redis://127.0.0.1:${this.nodes[0].port}`;
  }

  /** A client of the first node. */
  get client(): Redis {
    return this.nodes[0].client;
  }

  /** The primary that owns a key, according to the running nodes. */
  async primaryOf(key: string): Promise<ClusterNode> {
    const owners = await Promise.all(this.nodes.map(async (node) => ((await has(node, key)) ? node : undefined)));
    const owner = owners.find((node) => node !== undefined);
    if (owner === undefined) throw new Error(`No primary has ${key}.`);
    return owner;
  }

  /** Waits until a key has a primary other than this node: a failed election is repeated seconds later. */
  async failedOver(key: string, from: ClusterNode): Promise<ClusterNode> {
    await eventually(
      async () => (await this.primaryOf(key).catch(() => from)).port,
      (port) => port !== from.port,
      30,
    );
    return this.primaryOf(key);
  }

  /**
   * Moves the slot of a key with all its keys to another primary, as `redis-cli --cluster reshard` does.
   * @param whileMoving runs when half of the keys are moved.
   */
  async moveSlot(
    key: string,
    to: ClusterNode,
    whileMoving = async (): Promise<void> => Promise.resolve(),
  ): Promise<void> {
    const from = await this.primaryOf(key);
    const slot = String(await from.client.cluster('KEYSLOT', key));
    const [source, target] = [await from.client.cluster('MYID'), await to.client.cluster('MYID')];
    await to.client.call('CLUSTER', 'SETSLOT', slot, 'IMPORTING', source);
    await from.client.call('CLUSTER', 'SETSLOT', slot, 'MIGRATING', target);
    await migrateKeys(from, to, slot, Math.ceil((await from.client.cluster('COUNTKEYSINSLOT', Number(slot))) / 2));
    await whileMoving();
    while ((await from.client.cluster('COUNTKEYSINSLOT', Number(slot))) > 0) await migrateKeys(from, to, slot, 100);
    for (const node of [to, from, ...this.nodes]) {
      await node.client.call('CLUSTER', 'SETSLOT', slot, 'NODE', target).catch(() => undefined);
    }
  }

  /** Waits until all nodes know each other and every replica is in sync. */
  async whole(): Promise<void> {
    await this.everyNode((info) => info.includes('cluster_state:ok'));
    await Promise.all(this.nodes.map(isInStep));
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map(async (node) => node.stop()));
  }

  private async form(primaries: number): Promise<void> {
    const owners = this.nodes.slice(0, primaries);
    for (const [index, { client }] of owners.entries()) {
      await client.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
      const bounds = [index, index + 1].map((share) => Math.round((share * SLOTS) / primaries));
      await client.call('CLUSTER', 'ADDSLOTSRANGE', String(bounds[0]), String(Number(bounds[1]) - 1));
    }
    for (const { port, busPort } of this.nodes.slice(1)) {
      await this.client.call('CLUSTER', 'MEET', '127.0.0.1', port, busPort);
    }
    await this.everyNode((info) => info.includes(`cluster_known_nodes:${this.nodes.length}`));
    for (const [index, replica] of this.nodes.slice(primaries).entries()) {
      const primary = String(await owners[index]?.client.call('CLUSTER', 'MYID'));
      // `cluster_known_nodes` includes a node before its id is known.
      await eventually(
        async () => replica.client.call('CLUSTER', 'REPLICATE', primary).catch(String),
        (answer) => answer === 'OK',
      );
    }
    await this.whole();
  }

  private async everyNode(is: (info: string) => boolean): Promise<void> {
    await Promise.all(this.nodes.map(async ({ client }) => eventually(async () => client.cluster('INFO'), is)));
  }
}

async function migrateKeys(from: ClusterNode, to: ClusterNode, slot: string, count: number): Promise<void> {
  const names = await from.client.cluster('GETKEYSINSLOT', Number(slot), count);
  if (names.length > 0) await from.client.migrate('127.0.0.1', to.port, '', 0, 5000, 'KEYS', ...names);
}

/** Whether a node runs and is the primary of a key: the others reply MOVED or are not primaries. */
async function has({ client, isFrozen }: ClusterNode, key: string): Promise<boolean> {
  if (isFrozen || client.status !== 'ready') return false;
  try {
    const [role] = await client.role();
    await client.exists(key);
    return role === 'master';
  } catch {
    return false;
  }
}

async function isInStep({ client }: ClusterNode): Promise<void> {
  await eventually(
    async () => client.info('replication'),
    (info) => /role:master|master_link_status:up/.test(info),
  );
}
