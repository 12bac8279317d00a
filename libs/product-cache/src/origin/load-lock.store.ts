import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { type Clock } from '#kernel';
import { keys, RedisScript } from '#redis';
import { InjectRedis, type RedisClient } from '#redis/client';
import { InjectClock } from '#runtime';
import { failureWaitMs } from '../domain/failure-wait.js';

const scripts = join(import.meta.dirname, 'lua');
const acquire = RedisScript.load(scripts, 'acquire');
const hold = RedisScript.load(scripts, 'hold');
const storeLoaded = RedisScript.load(scripts, 'store_loaded');
const release = RedisScript.load(scripts, 'release');
const heldReply = z.union([z.tuple([z.literal('ok')]), z.tuple([z.literal('lost')])]);
const acquireReply = z.union([
  z.tuple([z.literal('ok'), z.number()]),
  z.tuple([z.literal('held')]),
  z.tuple([z.literal('failed'), z.number()]),
]);

/** A holder that died is followed by another after this. */
const LOCK_MS = 1500;

/** The right to load a product, until it is released. */
export interface HeldLock {
  readonly productId: string;
  readonly token: string;
  /** How many loads of this product in a row failed before. */
  readonly failures: number;
}

/** The result of trying to acquire the lock. */
export type Acquired =
  | { readonly state: 'ok'; readonly lock: HeldLock }
  | { readonly state: 'held' }
  /** The last load failed; the next may begin after this many milliseconds. */
  | { readonly state: 'failed'; readonly waitMs: number };

/**
 * Which instance may load a product, and how often that failed. The lock is in the product's cluster slot. All operations
 * throw RedisUnavailableError.
 */
@Injectable()
export class LoadLock {
  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    @InjectClock() private readonly clock: Clock,
  ) {}

  async acquire(productId: string): Promise<Acquired> {
    const token = randomUUID();
    const now = this.clock.now();
    const reply = await acquire.run(this.redis, [keys.productLoad(productId)], [token, LOCK_MS, now]);
    const acquired = acquireReply.parse(reply);
    switch (acquired[0]) {
      case 'ok':
        return { state: 'ok', lock: { productId, token, failures: acquired[1] } };
      case 'held':
        return { state: 'held' };
      case 'failed':
        return { state: 'failed', waitMs: acquired[1] - now };
    }
  }

  /** Keeps it while the load goes on; false if it is somebody else's by now. */
  async hold({ productId, token }: HeldLock): Promise<boolean> {
    const held = await hold.run(this.redis, [keys.productLoad(productId)], [token, LOCK_MS]);
    return heldReply.parse(held)[0] === 'ok';
  }

  /** Stores what was loaded and ends the load; false where somebody else has changed the product meanwhile. */
  async store({ productId, token }: HeldLock, text: string, ttlMs: number): Promise<boolean> {
    const names = [keys.productLoad(productId), keys.product(productId)];
    return heldReply.parse(await storeLoaded.run(this.redis, names, [token, text, ttlMs]))[0] === 'ok';
  }

  /** Ends a load that stored nothing and did not fail. */
  async release({ productId, token }: HeldLock): Promise<void> {
    await release.run(this.redis, [keys.productLoad(productId)], [token, 0, 0, 0]);
  }

  /**
   * Ends a load that failed: no instance tries again for a time that grows with each failure in a row.
   * @returns that time, in milliseconds.
   */
  async fail({ productId, token, failures }: HeldLock): Promise<number> {
    const waitMs = failureWaitMs(failures + 1);
    // The count is kept long enough for one more attempt after the wait.
    const args = [token, failures + 1, this.clock.now() + waitMs, 2 * waitMs];
    await release.run(this.redis, [keys.productLoad(productId)], args);
    return waitMs;
  }
}
