import { setTimeout as delay } from 'node:timers/promises';
import type { ShopClient } from './shop-client.js';

/** The value of an `Authorization` header. */
export type AuthorizationOf = (userId: string, ...roles: string[]) => string;

/** A shopper who visits the shop. */
export interface Shopper {
  readonly client: ShopClient;
  readonly authorizationOf: AuthorizationOf;
  /** Distinguishes this visit from all others. */
  readonly visit: number;
  /** Mean milliseconds between a response and the next request. */
  readonly pauseMs: number;
}

/** Waits a random time, as people do, up to twice the mean; does not wait if the mean is 0. */
export async function pause({ pauseMs }: Shopper): Promise<void> {
  await delay(pauseMs * 2 * Math.random());
}
