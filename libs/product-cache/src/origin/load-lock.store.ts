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

/** If the holder dies, the lock is free again after this time. */
const LOCK_MS = 1500;

/** The right to load a product, until it is released. */
export interface HeldLock {
  readonly productId: string;
  readonly token: string;
  /** How many loads of this product have failed in a row. */
  readonly failures: number;
}

/** The result of trying to acquire the lock. */
export type Acquired =
  | { readonly state: 'ok'; readonly lock: HeldLock }
  | { readonly state: 'held' }
  /** The last load failed; the next may begin after this many milliseconds. */
  | { readonly state: 'failed'; readonly waitMs: number };

/**
 * The lock for loading a product, with the number of failed loads. It is in the product's cluster slot. All operations throw
 * RedisUnavailableError.
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

  /** Extends the lock during a load; false if another instance holds it now. */
  async hold({ productId, token }: HeldLock): Promise<boolean> {
    const held = await hold.run(this.redis, [keys.productLoad(productId)], [token, LOCK_MS]);
    return heldReply.parse(held)[0] === 'ok';
  }

  /** Stores a loaded product and ends the load; false if the product was changed meanwhile. */
  async store({ productId, token }: HeldLock, text: string, ttlMs: number): Promise<boolean> {
    const names = [keys.productLoad(productId), keys.product(productId)];
    return heldReply.parse(await storeLoaded.run(this.redis, names, [token, text, ttlMs]))[0] === 'ok';
  }

  /** Ends a load that stored nothing and did not fail. */
  async release({ productId, token }: HeldLock): Promise<void> {
    await release.run(this.redis, [keys.productLoad(productId)], [token, 0, 0, 0]);
  }

  /**
   * Ends a failed load. No instance retries for a time that grows with each failure in a row.
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
