import { SeriesCounter, startAtZero } from '#runtime';

export const publishedEvents = new SeriesCounter({
  name: 'cartwright_events_published_total',
  help: 'Changes of carts by whether the change feed has them: ok or failed.',
  labelNames: ['outcome'],
});
startAtZero(publishedEvents, ['ok', 'failed']);
