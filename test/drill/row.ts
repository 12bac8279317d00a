import type { Fault } from './fault.js';
import type { Observation } from './observation.js';
import type { Row } from './table.js';
import { otherPages } from './verdict.js';

/** A fault's row of the table. */
export function rowOf({ title, alert }: Pick<Fault, 'title' | 'alert'>, seen: Observation): Row {
  const isPage = seen.pages.has(alert);
  const sent = seen.pages.get(alert) ?? seen.tickets.get(alert);
  const tickets = [...seen.tickets.keys()].filter((other) => other !== alert).sort();
  return [
    title,
    code(alert),
    sent === undefined ? '' : isPage ? 'page' : 'ticket',
    seconds(seen.fired.get(alert)),
    seconds(sent),
    seconds(seen.endedAfter),
    list(otherPages(alert, seen.pages)),
    list(tickets),
  ];
}

function code(alert: string): string {
  return `\`${alert}\``;
}

function seconds(value: number | undefined): string {
  return value === undefined ? 'never' : `${value} s`;
}

function list(alerts: readonly string[]): string {
  return alerts.length === 0 ? 'none' : alerts.map(code).join(', ');
}
