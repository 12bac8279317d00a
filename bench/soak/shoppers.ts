import { setTimeout as delay } from 'node:timers/promises';
import { Visits } from './ledger.js';
import { UnexpectedResponse } from './shop-client.js';
import type { Shopper } from './shopper.js';
import { visitShop } from './visit.js';

/** How many shoppers arrive, and how fast they are. */
export interface Pace {
  readonly visitsASecond: number;
  readonly seconds: number;
  /** The number of users. A guest becomes a user who is not visiting at the moment. */
  readonly users: number;
  /** Mean milliseconds between a response and the shopper's next request. */
  readonly pauseMs: number;
}

type Shop = Pick<Shopper, 'client' | 'authorizationOf'>;

/** One of this many guests leaves permanently. */
const LEAVES_ONE_IN = 3;

/** Starts shoppers at their times, whether or not earlier ones have left, and resolves when all have left. */
export async function letShoppersCome(shop: Shop, pace: Pace, visits: Visits): Promise<void> {
  const away = Array.from({ length: pace.users }, (_, user) => `shopper-${String(user).padStart(4, '0')}`);
  const startedAt = performance.now();
  const underWay = new Set<Promise<void>>();
  for (let visit = 0; visit < pace.visitsASecond * pace.seconds; visit += 1) {
    await delay(Math.max(0, startedAt + (visit * 1000) / pace.visitsASecond - performance.now()));
    // A user can only visit once at a time. If all are visiting, the guest leaves; the counts of what is left behind include
    // that.
    const userId = visit % LEAVES_ONE_IN === 0 ? undefined : away.shift();
    const shopper = { ...shop, visit, pauseMs: pace.pauseMs };
    const ended = come(shopper, userId, visits).finally(() => {
      if (userId !== undefined) away.push(userId);
      underWay.delete(ended);
    });
    underWay.add(ended);
  }
  await Promise.all(underWay);
}

async function come(shopper: Shopper, userId: string | undefined, visits: Visits): Promise<void> {
  try {
    await visitShop(shopper, userId);
  } catch (error) {
    if (!(error instanceof UnexpectedResponse)) shopper.client.failed({ name: 'A visit', status: 200 }, String(error));
    return;
  }
  if (userId === undefined) visits.guestLeft();
  else visits.userLeft(userId);
}
