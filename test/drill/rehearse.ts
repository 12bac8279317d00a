import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './fault.js';
import { firstSent, secondsBetween, type Observation } from './observation.js';
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
    let firing: readonly string[] = [];
    while (Date.now() < startedAt + FAULT_MS) firing = await watch(site, startedAt, fired);
    const firedUntilEnd = firing.includes(fault.alert);
    await (
      await ending
    )();
    const endedAt = Date.now();
    do firing = await watch(site, startedAt, fired);
    while (firing.includes(fault.alert) && Date.now() < endedAt + RECOVERY_MS);

    const { sent } = site.monitoring.notifications;
    return {
      fault: fault.name,
      fired,
      pages: firstSent(sent, 'pages', startedAt),
      tickets: firstSent(sent, 'tickets', startedAt),
      firedUntilEnd,
      endedAfter: firing.includes(fault.alert) ? undefined : secondsBetween(endedAt, Date.now()),
    };
  } finally {
    await site.stop();
  }
}

/** Notes which alerts fire for the first time, and returns all that do. */
async function watch(site: Site, startedAt: number, fired: Map<string, number>): Promise<readonly string[]> {
  await delay(POLL_MS);
  const firing = await site.monitoring.firing();
  for (const alert of firing) if (!fired.has(alert)) fired.set(alert, secondsBetween(startedAt, Date.now()));
  return firing;
}
