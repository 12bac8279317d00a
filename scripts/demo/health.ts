import { healthReport } from './answers.js';
import type { ApiClient } from './api-client.js';
import { expectSame } from './demo-failure.js';
import type { Page } from './page.js';

/** How the service and its Redis are; asked without a token. */
export async function health(visitor: ApiClient, page: Page): Promise<void> {
  page.section('Health');
  const asked = await visitor.send('GET', '/health', { answers: healthReport });
  const { status, redis, version, uptime_seconds } = asked.body;
  page.step(asked, `${status}, version ${version}, up for ${uptime_seconds} s`);
  const { latency_ms, used_memory_human } = redis;
  page.line(
    `       Redis ${redis.version ?? '?'} answers in ${latency_ms ?? '?'} ms and uses ${used_memory_human ?? '?'}`,
  );
  expectSame('The status', status, 'healthy');
}
