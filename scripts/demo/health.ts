import { healthReport } from './answers.js';
import type { ApiClient } from './api-client.js';
import { expectSame } from './demo-failure.js';
import type { Page } from './page.js';

/** Shows the health of the service and its Redis to an operator. */
export async function health(operator: ApiClient, page: Page): Promise<void> {
  page.section('Health');
  const asked = await operator.send('GET', '/health', { answers: healthReport });
  const { status, redis, version, uptime_seconds } = asked.body;
  page.step(asked, `${status}, version ${version}, up for ${uptime_seconds} s`);
  const { latency_ms, used_memory_human } = redis;
  page.line(
    `       Redis ${redis.version ?? '?'} responds in ${latency_ms ?? '?'} ms and uses ${used_memory_human ?? '?'}`,
  );
  expectSame('The status', status, 'healthy');
}
