import type { Notification } from './monitoring/notifications.js';

/** What was seen of one fault. Times are in seconds since the fault began. */
export interface Observation {
  readonly fault: string;
  /** When each alert first fired. */
  readonly fired: ReadonlyMap<string, number>;
  /** When a page or ticket was first sent for an alert. */
  readonly pages: ReadonlyMap<string, number>;
  readonly tickets: ReadonlyMap<string, number>;
  /** Whether its alert still fired when the fault ended: if not, the fault was over before, or the alert forgets it. */
  readonly firedUntilEnd: boolean;
  /** Seconds from the end of the fault until its alert no longer fired; undefined if it still did. */
  readonly endedAfter: number | undefined;
}

/** When a receiver was first notified of each alert since a time of `Date.now()`, in seconds from then. */
export function firstSent(sent: readonly Notification[], receiver: string, since: number): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const { alert, at } of sent.filter((one) => one.receiver === receiver && one.at >= since))
    if (!first.has(alert)) first.set(alert, secondsBetween(since, at));
  return first;
}

/** From one time of `Date.now()` to another, rounded. */
export function secondsBetween(start: number, end: number): number {
  return Math.round((end - start) / 1000);
}
