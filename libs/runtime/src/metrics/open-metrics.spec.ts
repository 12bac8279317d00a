import { toOpenMetrics } from './open-metrics.js';

const TEXT = `# HELP requests_total The requests_total of all.
# TYPE requests_total counter
requests_total{route="/a_total"} 3

# HELP handles_total A gauge with the name of a counter.
# TYPE handles_total gauge
handles_total 2

# HELP seconds A histogram.
# TYPE seconds histogram
seconds_bucket{le="+Inf"} 1
`;

it('names counters without _total, keeps their samples and everything else, and marks the end', () => {
  expect(toOpenMetrics(TEXT)).toBe(`# HELP requests The requests_total of all.
# TYPE requests counter
requests_total{route="/a_total"} 3
# HELP handles_total A gauge with the name of a counter.
# TYPE handles_total gauge
handles_total 2
# HELP seconds A histogram.
# TYPE seconds histogram
seconds_bucket{le="+Inf"} 1
# EOF
`);
});
