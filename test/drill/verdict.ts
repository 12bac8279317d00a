import type { Observation } from './observation.js';

/** Within how many seconds a fault must fire its alert. */
export const DEADLINE_SECONDS = 120;

/** What is wrong with how a fault was alerted on; empty if it fired its alert in time and paged for nothing else. */
export function findings(alert: string, { fired, pages, tickets }: Observation): string[] {
  const firedAfter = fired.get(alert);
  const inTime = firedAfter !== undefined && firedAfter <= DEADLINE_SECONDS;
  const isSent = pages.has(alert) || tickets.has(alert);
  return [
    ...(inTime ? [] : [`${alert} fired ${firedAfter === undefined ? 'never' : `after ${firedAfter} s`}`]),
    ...(isSent ? [] : [`no one was notified of ${alert}`]),
    ...otherPages(alert, pages).map((other) => `${other} paged too, after ${pages.get(other) ?? 0} s`),
  ];
}

/** The pages that a fault sent besides its own. */
export function otherPages(alert: string, pages: ReadonlyMap<string, number>): string[] {
  return [...pages.keys()].filter((other) => other !== alert).sort();
}
