import { Injectable } from '@nestjs/common';
import { Command, Redis } from 'ioredis';
import { InjectConfig, type ReplicationConfig } from '#config';
import { NotReplicatedError } from '../not-replicated.error.js';
import { reply } from '../redis-reply.js';
import { InjectRedis, type RedisClient } from './redis.client.js';

/**
 * Waits until replicas have received a write (`WAIT`), if `REDIS_WAIT_REPLICAS` is set. Redis counts what a connection has
 * written, so the connection of the write itself waits, once for all writes of a tick. It gets no other replies meanwhile.
 */
@Injectable()
export class Replication {
  /** By connection: the `WAIT` at the end of this tick, which all writes of the tick share. */
  private readonly waits = new Map<Redis, Promise<number>>();

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectConfig('replication') private readonly config: ReplicationConfig,
  ) {}

  /**
   * Returns the reply to a write once enough replicas have the write. It also waits if the write found its change already made,
   * because that is how a retried request finds out whether the first one was replicated.
   * @param key a key that was written; all keys of the write are in one slot.
   * @throws NotReplicatedError if too few replicas have it in time, or the connection is lost meanwhile.
   */
  async written<T>(key: string, write: Promise<T>): Promise<T> {
    const written = await write;
    if (this.config.replicas > 0) await this.confirm(key);
    return written;
  }

  /** Must be called in the tick of the reply: the connection is then still the one that wrote. */
  private async confirm(key: string): Promise<void> {
    const node = this.ownerOf(key);
    const confirmed = node === undefined ? 0 : await reply(this.waitAt(node)).catch(notReplicated);
    if (confirmed < this.config.replicas) throw new NotReplicatedError();
  }

  private async waitAt(node: Redis): Promise<number> {
    const waiting = this.waits.get(node);
    if (waiting !== undefined) return waiting;
    const sent = new Promise(setImmediate).then(async () => {
      this.waits.delete(node);
      return node.wait(this.config.replicas, this.config.timeoutMs);
    });
    this.waits.set(node, sent);
    return sent;
  }

  private ownerOf(key: string): Redis | undefined {
    if (this.redis instanceof Redis) return this.redis;
    const [owner] = this.redis.slots[new Command('exists', [key]).getSlot()] ?? [];
    return this.redis.nodes('master').find(({ options: { host, port } }) => `${host}:${port}` === owner);
  }
}

function notReplicated(error: unknown): never {
  throw new NotReplicatedError(error);
}
