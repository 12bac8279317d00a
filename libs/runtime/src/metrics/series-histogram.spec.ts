import { Histogram, Registry } from 'prom-client';
import { SeriesHistogram } from './series-histogram.js';

const DURATION = {
  name: 'duration_seconds',
  help: 'Seconds.',
  labelNames: ['route', 'status'] as const,
  buckets: [0.005, 1, 10],
};

it("renders what prom-client's own histogram renders", async () => {
  const [registry, expected] = [new Registry(), new Registry()];
  const histogram = new SeriesHistogram({ ...DURATION, registers: [registry] });
  const own = new Histogram({ ...DURATION, registers: [expected] });
  const observations = [
    ['/cart', 200, 0.005],
    ['/cart', 404, 0.5],
    ['/cart', 200, 0.0051],
    ['', '', 11],
    ['/a"b\\c', 200, 0],
  ] as const;
  for (const [route, status, value] of observations) {
    histogram.series(route, status).observe(value);
    own.observe({ route, status }, value);
  }
  expect(await registry.metrics()).toBe(await expected.metrics());
  const { values } = await own.get();
  const wanted = values.map(({ labels, metricName, value }) => ({ labels, metricName, value }));
  expect((await histogram.get()).values).toEqual(wanted);
});

it('has no series before its first observation', async () => {
  const registry = new Registry();
  const histogram = new SeriesHistogram({ ...DURATION, registers: [registry] });
  expect(await registry.metrics()).not.toContain('duration_seconds_count');
  expect(histogram.series('a', 1)).toBe(histogram.series('a', 1));
});
