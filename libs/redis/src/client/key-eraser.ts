import { Injectable } from '@nestjs/common';
import { reply } from '../redis-reply.js';
import { InjectRedis, type RedisClient } from './redis.client.js';
import { Replication } from './replication.js';

/** Keys that are deleted together. Each is a command of its own, because they may be in different cluster slots. */
const AT_ONCE = 100;

/** Deletes keys, whatever type they hold. */
@Injectable()
export class KeyEraser {
  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    private readonly replication: Replication,
  ) {}

  /** Deletes the keys that exist. @throws RedisUnavailableError, NotReplicatedError */
  async erase(names: readonly string[]): Promise<void> {
    for (let first = 0; first < names.length; first += AT_ONCE) {
      await Promise.all(names.slice(first, first + AT_ONCE).map(async (name) => this.eraseOne(name)));
    }
  }

  private async eraseOne(name: string): Promise<void> {
    await this.replication.written(name, reply(this.redis.unlink(name)));
  }
}
