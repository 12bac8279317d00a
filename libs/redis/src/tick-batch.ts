import { requestScope, traced } from '#runtime';
import { CrossSlotFallback } from './cross-slot.fallback.js';
import { BatchedWriteRedis } from './client/batched-write.redis.js';
import { itemsPerBatch } from './redis.metrics.js';
import type { RedisClient } from './client/redis.client.js';

/** The most items in one batch: a script blocks everyone else while it runs. */
const MAX_TOGETHER = 100;

/** Returns the result of one item, by its index in the batch. It may throw, which rejects that item alone. */
export type ResultOf<Result> = (index: number) => Result;

/** An item, and the request that waits for its result. */
class Waiting<Item, Result> {
  readonly scope = requestScope.getStore();

  constructor(
    readonly item: Item,
    private readonly resolved: (result: Result) => void,
    private readonly rejected: (reason: unknown) => void,
  ) {
    this.scope?.redis.begin();
  }

  resolve(result: Result): void {
    this.scope?.redis.end();
    this.resolved(result);
  }

  reject(reason: unknown): void {
    this.scope?.redis.end();
    this.rejected(reason);
  }
}

/**
 * Combines what several requests ask of Redis in one tick into one command. Separate commands would take 5 µs of this process's
 * time and 3 µs of Redis's each.
 */
export class TickBatch<Item, Result> {
  private readonly slots = new CrossSlotFallback();
  private waiting: Waiting<Item, Result>[] = [];

  /**
   * @param name names the items in traces.
   * @param run runs a batch. If it rejects, all of its items are rejected. If a cluster has their keys in different slots, it
   *   is called for each item alone.
   */
  constructor(
    private readonly name: string,
    private readonly redis: RedisClient,
    private readonly run: (items: readonly Item[]) => Promise<ResultOf<Result>>,
  ) {}

  /** Adds an item to the batch that is sent at the end of this tick. */
  add(item: Item): Promise<Result> {
    return traced(this.name, () => this.join(item));
  }

  private join(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push(new Waiting(item, resolve, reject));
      if (this.waiting.length === 1) this.sendLater();
      else if (this.waiting.length === MAX_TOGETHER) this.send();
    });
  }

  private sendLater(): void {
    const send = this.send.bind(this);
    if (this.redis instanceof BatchedWriteRedis) this.redis.atEndOfTick(send);
    else setImmediate(send);
  }

  private send(): void {
    const batch = this.waiting;
    this.waiting = [];
    if (batch.length === 0) return;
    itemsPerBatch.observe(batch.length);
    // The command belongs to the first sampled item, or else to the first. By itself it would belong to what this tick sent first.
    const owner = batch.find(({ scope }) => scope?.isSampled === true) ?? batch[0];
    requestScope.run(owner?.scope, () => void this.runAll(batch));
  }

  private async runAll(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      await this.slots.run(
        async () => this.runBatch(batch),
        async () => this.runSeparately(batch),
      );
    } catch (error) {
      for (const waiting of batch) waiting.reject(error);
    }
  }

  private async runBatch(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    const resultOf = await this.run(batch.map(({ item }) => item));
    batch.forEach((waiting, index) => {
      let result: Result;
      try {
        result = resultOf(index);
      } catch (error) {
        waiting.reject(error);
        return;
      }
      waiting.resolve(result);
    });
  }

  private async runSeparately(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    await Promise.all(batch.map(async (each) => this.runBatch([each]).catch(each.reject.bind(each))));
  }
}
