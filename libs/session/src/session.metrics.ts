import { Counter } from 'prom-client';
import { startAtZero } from '#runtime';

export const sessionEvents = new Counter({
  name: 'cartwright_session_events_total',
  help: 'Sessions that were created, renewed under another id, or ended by a request. Those that expire are not seen.',
  labelNames: ['event'] as const,
});
startAtZero(sessionEvents, ['created', 'renewed', 'ended']);
