import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { bearer } from './tokens.js';

const countSchema = z.object({ count: z.number() });

const PAUSE_MS = 50;
/** A product may be 1000 times in a cart. */
const ADDS_A_PRODUCT = 500;

/** What clients were told, and what is in their carts. */
export interface WritersReport {
  readonly acknowledged: number;
  /** Acknowledged and not in a cart. */
  readonly lost: number;
  /** In a cart more often than they were asked for. */
  readonly doubled: number;
  /** The longest time in which no client was acknowledged, in milliseconds. */
  readonly longestPauseMs: number;
}

/**
 * Clients that add one thing after the other to carts of their own, each add with an `Idempotency-Key`, and send it again
 * until it is acknowledged.
 */
export class KeyedWriters {
  private readonly acknowledged = new Map<string, number>();
  private lastAt = performance.now();
  private longestPauseMs = 0;
  private isOver = false;
  private readonly working: Promise<unknown>;

  constructor(
    private readonly url: string,
    private readonly clients: number,
  ) {
    this.working = Promise.all(this.users.map(async (userId) => this.write(userId)));
  }

  /** How many adds were acknowledged until now. */
  get count(): number {
    return [...this.acknowledged.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Ends the clients, each with its last add acknowledged, and reads their carts. */
  async end(): Promise<WritersReport> {
    this.isOver = true;
    await this.working;
    const { longestPauseMs } = this;
    const missing = await Promise.all(this.users.map(async (userId) => this.missing(userId)));
    const sumOf = (numbers: number[]): number => numbers.reduce((sum, number) => sum + Math.max(0, number), 0);
    const doubled = sumOf(missing.map((number) => -number));
    return { acknowledged: this.count, lost: sumOf(missing), doubled, longestPauseMs: Math.round(longestPauseMs) };
  }

  private get users(): string[] {
    return Array.from({ length: this.clients }, (_, index) => `writer-${index}`);
  }

  private async write(userId: string): Promise<void> {
    for (let index = 0; !this.isOver; index += 1) {
      while (!(await this.isAcknowledged(userId, index))) await delay(PAUSE_MS);
      this.acknowledged.set(userId, index + 1);
      const now = performance.now();
      this.longestPauseMs = Math.max(this.longestPauseMs, now - this.lastAt);
      this.lastAt = now;
    }
  }

  private async isAcknowledged(userId: string, index: number): Promise<boolean> {
    const response = await fetch(`${this.url}/cart/add`, {
      method: 'POST',
      headers: {
        authorization: bearer(userId),
        'content-type': 'application/json',
        'idempotency-key': `${userId}-${index}`,
      },
      body: JSON.stringify({ product_id: `p-${Math.floor(index / ADDS_A_PRODUCT)}`, quantity: 1 }),
    }).catch(() => undefined);
    await response?.arrayBuffer();
    if (response !== undefined && response.status !== 200 && response.status !== 503) {
      throw new Error(`An add was answered ${response.status}.`);
    }
    return response?.status === 200;
  }

  /** Acknowledged adds less those in the cart. */
  private async missing(userId: string): Promise<number> {
    const response = await fetch(`${this.url}/cart/count`, { headers: { authorization: bearer(userId) } });
    const { count } = countSchema.parse(await response.json());
    return (this.acknowledged.get(userId) ?? 0) - count;
  }
}
