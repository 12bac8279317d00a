import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from './eventually.js';
import { bearer } from './tokens.js';

/** Retries do not wait for `Retry-After`, so that the end of an outage is measured to a tenth of a second. */
const RETRY_MS = 50;
/** Well below the maximum quantity of a line. */
const ADDS_A_LINE = 50;

/** The outcome of the users' adds. */
export interface Written {
  readonly lost: number;
  readonly doubled: number;
}

/** Users who each add single items with keys, one after the other, and retry each request until it is 200. */
export class KeyedWriters {
  /** Adds with the response 200. */
  acknowledged = 0;
  /** Other responses than 200 and 503, by their status. */
  readonly unexpected = new Map<number, number>();
  unavailable = 0;
  /** The time of the last 503, by `performance.now()`. */
  lastUnavailableAt = 0;
  /** The longest time in which no add was acknowledged, in milliseconds. */
  longestPauseMs = 0;
  private lastAcknowledgedAt = performance.now();
  private isOver = false;
  private readonly adds: number[];
  private readonly working: Promise<unknown>;

  constructor(
    private readonly url: string,
    private readonly users: readonly string[],
    /** The prefix of the product names; a number follows. */
    private readonly product = 'p',
  ) {
    this.adds = users.map(() => 0);
    this.working = Promise.all(users.map(async (user, index) => this.write(user, index)));
  }

  /** Stops after each user's current add. */
  async stop(): Promise<void> {
    this.isOver = true;
    await this.working;
  }

  /** Compares the acknowledged adds with the carts. */
  async compare(): Promise<Written> {
    const differences = await Promise.all(this.users.map(async (user, index) => this.difference(user, index)));
    const sumOf = (sign: number): number => differences.reduce((sum, each) => sum + Math.max(0, sign * each), 0);
    return { lost: sumOf(1), doubled: sumOf(-1) };
  }

  private async write(user: string, index: number): Promise<void> {
    while (!this.isOver) {
      const done = this.adds[index] ?? 0;
      await this.add(user, `${this.product}${Math.floor(done / ADDS_A_LINE)}`, randomUUID());
      this.adds[index] = done + 1;
      this.acknowledged += 1;
      const now = performance.now();
      this.longestPauseMs = Math.max(this.longestPauseMs, now - this.lastAcknowledgedAt);
      this.lastAcknowledgedAt = now;
    }
  }

  private async add(user: string, product: string, key: string): Promise<void> {
    for (;;) {
      const { status } = await this.send(user, product, key);
      if (status === 200) return;
      this.note(status);
      await delay(RETRY_MS);
    }
  }

  private note(status: number): void {
    if (status !== 503) {
      this.unexpected.set(status, (this.unexpected.get(status) ?? 0) + 1);
      return;
    }
    this.unavailable += 1;
    this.lastUnavailableAt = performance.now();
  }

  private async send(user: string, product: string, key: string): Promise<Response> {
    const response = await fetch(`${this.url}/cart/add`, {
      method: 'POST',
      headers: { authorization: bearer(user), 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ product_id: product, quantity: 1 }),
    });
    await response.arrayBuffer();
    return response;
  }

  private async difference(user: string, index: number): Promise<number> {
    const headers = { authorization: bearer(user) };
    const response = await eventually(
      async () => fetch(`${this.url}/cart/count`, { headers }),
      ({ status }) => status === 200,
    );
    const { count }: { count: number } = JSON.parse(await response.text());
    return (this.adds[index] ?? 0) - count;
  }
}
