import { Counter } from 'prom-client';
import { startAtZero } from '#runtime';

export const publishedEvents = new Counter({
  name: 'cartwright_events_published_total',
  help: 'Changes of carts by whether the change feed has them: ok or failed.',
  labelNames: ['outcome'] as const,
});
startAtZero(publishedEvents, ['ok', 'failed']);
