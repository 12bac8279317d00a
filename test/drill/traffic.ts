import { setTimeout as delay } from 'node:timers/promises';
import type { Instance } from './instance.js';

/** Requests a second of shoppers, over all instances. */
export const TRAFFIC_PER_SECOND = 25;

/** The products that shoppers look at. */
export const PRODUCT_IDS: readonly string[] = Array.from({ length: 200 }, (_, index) => `product-${index}`);

const TIMEOUT_MS = 5000;
const ADD = 0;
const PATHS = ['/cart/add', '/cart', '/cart/count', '/cache/product/', '/cart'];

/** The background traffic of a site: shoppers behind a load balancer that leaves out instances that cannot be reached. */
export class Traffic {
  private isOver = false;
  private sent = 0;
  private readonly loop: Promise<void>;

  /** @param authorizations of the shoppers, who take turns. */
  constructor(
    private readonly instances: readonly Instance[],
    private readonly authorizations: readonly string[],
  ) {
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.loop;
  }

  private async run(): Promise<void> {
    const startedAt = performance.now();
    while (!this.isOver) {
      const due = startedAt + (this.sent * 1000) / TRAFFIC_PER_SECOND;
      await delay(Math.max(0, due - performance.now()));
      void this.send(this.sent);
      this.sent += 1;
    }
  }

  private async send(index: number): Promise<void> {
    // Not each shopper's requests in turn, or shoppers with one kind of token would all reach the same instance.
    const first = Math.floor(index / PATHS.length) % this.instances.length;
    const inTurn = [...this.instances.slice(first), ...this.instances.slice(0, first)];
    for (const { url } of inTurn) {
      try {
        const response = await fetch(`${url}${pathOf(index)}`, this.requestOf(index));
        await response.arrayBuffer();
        return;
      } catch {
        // This instance cannot be reached: the next one gets the request.
      }
    }
  }

  private requestOf(index: number): RequestInit {
    const authorization = this.authorizations[index % this.authorizations.length] ?? '';
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    if (!isAdd(index)) return { headers: { authorization }, signal };
    const body = JSON.stringify({
      product_id: productOf(index),
      quantity: 1,
      product_data: { name: 'A product', price: 9.99 },
    });
    return { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body, signal };
  }
}

function isAdd(index: number): boolean {
  return index % PATHS.length === ADD;
}

function pathOf(index: number): string {
  const path = PATHS[index % PATHS.length] ?? '';
  return path.endsWith('/') ? `${path}${productOf(index)}` : path;
}

/** The product that a request is about: each in turn. */
function productOf(index: number): string {
  return PRODUCT_IDS[Math.floor(index / PATHS.length) % PRODUCT_IDS.length] ?? '';
}
