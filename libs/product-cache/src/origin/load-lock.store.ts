import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { InjectRedis, keys, RedisScript, reply, type RedisClient } from '#redis';

const scripts = join(import.meta.dirname, 'lua');
const hold = RedisScript.load(scripts, 'hold');
const storeLoaded = RedisScript.load(scripts, 'store_loaded');
const release = RedisScript.load(scripts, 'release');
const heldReply = z.union([z.tuple([z.literal('ok')]), z.tuple([z.literal('lost')])]);

/** A holder that died is followed by another after this. */
const LOCK_MS = 1500;
const FAILURE_MS = 1000;
const FAILED = 'failed';

/** Who may load a product, of all instances. The lock is in the product's cluster slot. All throw RedisUnavailableError. */
@Injectable()
export class LoadLock {
  constructor(@InjectRedis() private readonly redis: RedisClient) {}

  /** @returns the token of who holds it now; 'held' by somebody else; 'failed' where a load has just failed. */
  async acquire(productId: string): Promise<{ readonly token: string } | 'held' | 'failed'> {
    const token = randomUUID();
    const name = keys.productLoad(productId);
    const before = await reply(this.redis.set(name, token, 'PX', LOCK_MS, 'NX', 'GET'));
    if (before === null) return { token };
    return before === FAILED ? 'failed' : 'held';
  }

  /** Keeps it while the load goes on; false where it is somebody else's by now. */
  async hold(productId: string, token: string): Promise<boolean> {
    const held = await hold.run(this.redis, [keys.productLoad(productId)], [token, LOCK_MS]);
    return heldReply.parse(held)[0] === 'ok';
  }

  /** Stores what was loaded and ends the load; false where somebody else has changed the product meanwhile. */
  async store(productId: string, token: string, text: string, ttlMs: number): Promise<boolean> {
    const names = [keys.productLoad(productId), keys.product(productId)];
    return heldReply.parse(await storeLoaded.run(this.redis, names, [token, text, ttlMs]))[0] === 'ok';
  }

  /** Ends a load that stored nothing; where it failed, nobody tries again for a second. */
  async release(productId: string, token: string, hasFailed: boolean): Promise<void> {
    await release.run(this.redis, [keys.productLoad(productId)], [token, hasFailed ? FAILURE_MS : 0]);
  }
}
