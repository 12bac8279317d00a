import { isProbeOrScrape } from './probe.js';

it.each(['/health', '/health/live', '/health?verbose=1', '/metrics', '/metrics?x'])(
  '%s is a probe or a scrape',
  (url) => {
    expect(isProbeOrScrape(url)).toBe(true);
  },
);

it.each(['/healthy', '/metrics/x', '/cart', '/cart/health', '/health-x', '', '(no route)'])('%s is neither', (url) => {
  expect(isProbeOrScrape(url)).toBe(false);
});
