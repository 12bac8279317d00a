import { Counter } from 'prom-client';
import { SeriesCounter, startAtZero } from '#runtime';

export const cartOperations = new SeriesCounter({
  name: 'cartwright_cart_operations_total',
  help: 'Cart operations by their outcome: ok, replayed by an Idempotency-Key, dry_run, or the code of the error.',
  labelNames: ['operation', 'outcome'],
});

export const checkouts = new Counter({
  name: 'cartwright_checkouts_total',
  help: 'Checkouts by what became of them: created, found again, completed or abandoned. Replays do not count.',
  labelNames: ['outcome'] as const,
});
startAtZero(checkouts, ['created', 'found', 'completed', 'abandoned']);
