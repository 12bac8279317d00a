import type { Observation } from './observation.js';

/** Within how many seconds a fault must fire its alert, and someone must be notified. */
export const DEADLINE_SECONDS = 120;

/**
 * What is wrong with how a fault was alerted on. Empty if its alert fired and was sent in time, fired until the fault ended and then
 * stopped, and no other page was sent.
 */
export function findings(alert: string, seen: Observation): string[] {
  const { fired, pages, tickets, firedUntilEnd, endedAfter } = seen;
  return [
    ...lateness(alert, 'fired', fired.get(alert)),
    ...lateness(alert, 'sent', pages.get(alert) ?? tickets.get(alert)),
    ...(firedUntilEnd ? [] : [`${alert} no longer fired when the fault ended`]),
    ...(endedAfter === undefined ? [`${alert} did not stop firing after the fault`] : []),
    ...otherPages(alert, pages).map((other) => `${other} paged too, after ${pages.get(other) ?? 0} s`),
  ];
}

/** The pages that a fault sent besides its own. */
export function otherPages(alert: string, pages: ReadonlyMap<string, number>): string[] {
  return [...pages.keys()].filter((other) => other !== alert).sort();
}

function lateness(alert: string, step: 'fired' | 'sent', seconds: number | undefined): string[] {
  const verb = step === 'sent' ? 'was ' : '';
  if (seconds === undefined) return [`${alert} ${verb}never ${step}`];
  return seconds <= DEADLINE_SECONDS ? [] : [`${alert} ${verb}${step} after ${seconds} s`];
}
