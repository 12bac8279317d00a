import type { Counter } from 'prom-client';
import { SeriesCounter } from './series-counter.js';

/**
 * Gives a counter with one label a series for each of its values. A counter that appears with its first event looks as if it had
 * never grown: an alert would miss that event.
 */
export function startAtZero(counter: Counter, values: readonly string[]): void {
  for (const value of values) {
    if (counter instanceof SeriesCounter) counter.series(value);
    else counter.labels(value).inc(0);
  }
}
