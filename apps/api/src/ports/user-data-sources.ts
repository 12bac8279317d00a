import { AccountData } from '#accounts';
import { CartData, CheckoutData, IdempotencyData, MergeData, MetricsData } from '#cart';
import { CartEventData } from '#cart-events';
import type { UserDataSource } from '#privacy';
import { SessionData } from '#session';
import { RateLimitData } from '#throttling';

/**
 * Everything that stores data about users, in the order in which it is erased. The account comes first, so that no one can sign
 * in any more, then the sessions; merges come before the carts and checkouts that tell what they have left behind.
 */
export const USER_DATA_SOURCE_CLASSES = [
  AccountData,
  SessionData,
  MergeData,
  CartData,
  CheckoutData,
  IdempotencyData,
  MetricsData,
  RateLimitData,
  CartEventData,
];

/** The sources in the same order, as Nest injects them. */
export function userDataSources(...sources: UserDataSource[]): readonly UserDataSource[] {
  return sources;
}
