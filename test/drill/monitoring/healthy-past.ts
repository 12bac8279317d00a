import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TRAFFIC_PER_SECOND } from '../traffic.js';

/** Longer than the longest window of an alert, three days. */
const HOURS = 73;
const STEP_SECONDS = 60;

/** Series by what they gain in a second; those that gain nothing stay at their value. */
const SERIES = [
  request('count', TRAFFIC_PER_SECOND, ''),
  request('bucket', TRAFFIC_PER_SECOND, ',le="0.25"'),
  { name: 'cartwright_auth_failures_total', labels: ',code="token_expired"', first: 0, perSecond: 0.1 },
  { name: 'cartwright_cart_streams', labels: '', first: 20, perSecond: 0 },
];

function request(suffix: string, perSecond: number, more: string) {
  const labels = `,http_route="/cart",http_response_status_code="200"${more}`;
  return { name: `http_server_request_duration_seconds_${suffix}`, labels, first: 0, perSecond };
}

/**
 * Writes days of traffic without a fault into the empty data of a Prometheus that does not run yet. Without them, a few failed
 * requests would be a large share of the requests of the last hour.
 */
export async function importHealthyPast(promtool: string, directory: string, data: string): Promise<void> {
  const file = join(directory, 'past.txt');
  await writeFile(file, healthyPast(Math.floor(Date.now() / 1000)));
  await promisify(execFile)(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', file, data]);
}

/** In the OpenMetrics text format. The series belong to instances that no longer exist, as after a release. */
function healthyPast(now: number): string {
  const times = Array.from({ length: (HOURS * 3600) / STEP_SECONDS }, (_, index) => index * STEP_SECONDS);
  const start = now - HOURS * 3600;
  const families = SERIES.map(({ name, labels, first, perSecond }) => {
    const samples = times.map(
      (time) => `${name}{job="cartwright",instance="earlier"${labels}} ${first + time * perSecond} ${start + time}`,
    );
    return `# TYPE ${name} unknown\n${samples.join('\n')}\n`;
  });
  return `${families.join('')}# EOF\n`;
}
