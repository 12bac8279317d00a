import { Counter, Registry } from 'prom-client';
import { SeriesCounter } from './series-counter.js';
import { startAtZero } from './start-at-zero.js';

const OPERATIONS = { name: 'operations_total', help: 'Operations.', labelNames: ['operation', 'outcome'] };

it("renders what prom-client's own counter renders", async () => {
  const [registry, expected] = [new Registry(), new Registry()];
  const counter = new SeriesCounter({ ...OPERATIONS, registers: [registry] });
  const own = new Counter({ ...OPERATIONS, registers: [expected] });
  const counted = [
    ['add', 'ok', 1],
    ['add', 'replayed', 3],
    ['add', 'ok', 2],
    ['', 'a"b\\c', 0],
  ] as const;
  for (const [operation, outcome, amount] of counted) {
    counter.series(operation, outcome).add(amount);
    own.inc({ operation, outcome }, amount);
  }
  expect(await registry.metrics()).toBe(await expected.metrics());
});

it('counts one unless told otherwise, and has series at zero once they are named', async () => {
  const registry = new Registry();
  const counter = new SeriesCounter({
    name: 'events_total',
    help: 'Events.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  expect(await registry.metrics()).not.toContain('events_total{');
  startAtZero(counter, ['ok', 'failed']);
  counter.series('ok').add();
  expect(await registry.metrics()).toContain('events_total{outcome="ok"} 1\nevents_total{outcome="failed"} 0\n');
});
