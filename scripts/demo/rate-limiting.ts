import { cartCount, problem } from './answers.js';
import type { Answer, ApiClient } from './api-client.js';
import { DemoFailure, expectSame } from './demo-failure.js';
import type { Page } from './page.js';

/** The guide's limit in requests per minute; `RATE_LIMIT_MAX` may set a different one. */
const LIMIT = 100;

/** @param hasty a user without any counted requests. */
export async function rateLimiting(hasty: ApiClient, page: Page): Promise<void> {
  page.section('Rate limiting');
  const first = await count(hasty);
  expectSame('The limit (RATE_LIMIT_MAX)', Number(first.headers.get('X-RateLimit-Limit')), LIMIT);
  let last = first;
  for (let request = 2; request <= LIMIT; request += 1) last = await count(hasty);
  page.step(last, `${LIMIT} times; ${last.headers.get('X-RateLimit-Remaining') ?? 'unknown'} left`);

  const refused = await hasty.send('GET', '/cart/count', { answers: problem, status: 429 });
  const wait = refused.headers.get('Retry-After');
  if (wait === null) throw new DemoFailure('The rejection should have a Retry-After header, but has none.');
  page.step(refused, `request ${LIMIT + 1}: ${refused.body.code}; Retry-After: ${wait} s`);
}

async function count(hasty: ApiClient): Promise<Answer<{ count: number }>> {
  return hasty.send('GET', '/cart/count', { answers: cartCount });
}
