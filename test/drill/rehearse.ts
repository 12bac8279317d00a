import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './fault.js';
import type { Observation } from './observation.js';
import type { Site } from './site.js';

/** Two minutes for the alert, and a minute for what Alertmanager sends late. */
const FAULT_MS = 180_000;
/** Longer than each window that a cause's alert looks back. */
const RECOVERY_MS = 420_000;
const POLL_MS = 1000;

/** Causes a fault at a healthy site of its own, ends it after three minutes, and waits until its alert has ended. */
export async function rehearse(fault: Fault): Promise<Observation> {
  const { site, begin } = await fault.prepare();
  try {
    await site.monitoring.healthyBefore(fault.alert);
    const fired = new Map<string, number>();
    const startedAt = Date.now();
    const ending = begin();
    // If it fails, that is reported below.
    ending.catch(() => undefined);
    while (Date.now() < startedAt + FAULT_MS) await watch(site, startedAt, fired);
    await (
      await ending
    )();
    const endedAt = Date.now();
    let firing: readonly string[];
    do firing = await watch(site, startedAt, fired);
    while (firing.includes(fault.alert) && Date.now() < endedAt + RECOVERY_MS);

    const sentTo = (receiver: string): Map<string, number> =>
      new Map(
        site.monitoring.notifications.sent
          .filter((one) => one.receiver === receiver)
          .map(({ alert, at }) => [alert, secondsSince(startedAt, at)]),
      );
    return {
      fault: fault.name,
      fired,
      pages: sentTo('pages'),
      tickets: sentTo('tickets'),
      endedAfter: firing.includes(fault.alert) ? undefined : secondsSince(endedAt),
    };
  } finally {
    await site.stop();
  }
}

/** Notes which alerts fire for the first time, and returns all that do. */
async function watch(site: Site, startedAt: number, fired: Map<string, number>): Promise<readonly string[]> {
  await delay(POLL_MS);
  const firing = await site.monitoring.firing();
  for (const alert of firing) if (!fired.has(alert)) fired.set(alert, secondsSince(startedAt));
  return firing;
}

function secondsSince(start: number, now: number = Date.now()): number {
  return Math.round((now - start) / 1000);
}
