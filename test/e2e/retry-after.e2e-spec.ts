import { expectProblem } from '../support/problems.js';
import { secondsLeft } from '../support/seconds-left.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ RATE_LIMIT_WINDOW_SECONDS: '50', RATE_LIMIT_MAX: '1' });

it('a 429 reports exactly when its window ends', async () => {
  const ask = async () => api.http.get('/cart').set('Authorization', bearer('counted'));
  const begin = Date.now();
  await ask();
  for (let request = 0; request < 10; request += 1) {
    const response = await ask();
    expectProblem(response, 'rate_limit_exceeded');
    expect(response.headers['retry-after']).toEqual(secondsLeft(50, begin));
  }
});

it('a 503 spreads clients that wait for Retry-After over five seconds', async () => {
  await api.server.crash();
  const waits = new Map<string | undefined, number>();
  for (let request = 0; request < 300; request += 1) {
    const response = await api.http.get('/cart').set('Authorization', bearer('waiting'));
    expectProblem(response, 'redis_unavailable');
    const wait = response.headers['retry-after'];
    waits.set(wait, (waits.get(wait) ?? 0) + 1);
  }
  expect([...waits.keys()].toSorted()).toEqual(['1', '2', '3', '4', '5']);
  // Each is expected 60 times; fewer than 20 times is less likely than one in a hundred million.
  for (const times of waits.values()) expect(times).toBeGreaterThan(20);
});
