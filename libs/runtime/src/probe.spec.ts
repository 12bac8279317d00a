import { isProbe } from './probe.js';

it.each(['/health', '/health/live', '/health?verbose=1', '/metrics', '/metrics?x'])('%s is of a probe', (url) => {
  expect(isProbe(url)).toBe(true);
});

it.each(['/healthy', '/metrics/x', '/cart', '/cart/health', '/health-x', '', '(no route)'])('%s is not', (url) => {
  expect(isProbe(url)).toBe(false);
});
