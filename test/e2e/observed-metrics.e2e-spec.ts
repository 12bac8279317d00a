import { alerts, recordings } from '../support/alert-rules.js';
import { read } from '../support/deployment-files.js';
import { dashboards } from '../support/dashboards.js';
import { eventually } from '../support/eventually.js';
import { KnownSeries } from '../support/known-series.js';
import { causeObservedTraffic } from '../support/observed-traffic.js';
import { promqlParts, type LabelMatcher } from '../support/promql.js';
import { REDIS_EXPORTER_METRICS } from '../support/redis-exporter.js';
import { Scrape } from '../support/scrape.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();

/** Prometheus adds these to every series. */
const TARGET_LABELS = ['job', 'instance'];

/** The last of what the traffic causes to be counted: the response of a scrape, and the end of a stream. */
const LAST_ROUTES = ['/metrics', '/cart/events'];
const REQUESTS = 'http_server_request_duration_seconds_count';

const COMMANDS = 'db_client_operation_duration_seconds_count';
const MEASURED = 'libs/redis/src/client/measure-redis.spec.ts';

/** Series that the traffic does not cause, with why not, and the test that shows them. */
const CAUSED_ELSEWHERE: readonly {
  readonly name: string;
  readonly labels: Readonly<Record<string, readonly string[]>>;
  readonly why: string;
  readonly shownBy: string;
}[] = [
  { name: COMMANDS, labels: { error_type: ['timeout'] }, why: 'a Redis that hangs', shownBy: MEASURED },
  { name: COMMANDS, labels: { error_type: ['MISCONF'] }, why: 'a Redis whose disk fails', shownBy: MEASURED },
  { name: COMMANDS, labels: { error_type: ['READONLY'] }, why: 'a replica in place of Redis', shownBy: MEASURED },
  {
    name: 'cartwright_redis_reconnects_total',
    labels: { connection: ['shared'] },
    why: 'a lost connection',
    shownBy: MEASURED,
  },
  {
    name: 'cartwright_redis_certificate_not_after_timestamp_seconds',
    labels: { certificate: ['server', 'client'] },
    why: 'TLS',
    shownBy: 'test/e2e/redis-certificates.e2e-spec.ts',
  },
];

/** What Prometheus has: the series of the service under load, those of redis_exporter, and its own. */
const known = new KnownSeries();

beforeAll(async () => {
  await causeObservedTraffic(api);
  const scrape = await eventually(
    async () => Scrape.of(api.url),
    (scrape) => LAST_ROUTES.every((route) => scrape.valueOf(REQUESTS, { http_route: route }) > 0),
  );
  known.addScrape(scrape);
  for (const { name, labels } of CAUSED_ELSEWHERE) known.add(name, labels);
  for (const [name, labels] of Object.entries(REDIS_EXPORTER_METRICS)) known.add(name, labels);
  for (const { record } of recordings) known.add(record);
  known.add('up');
  known.add('ALERTS', {
    alertname: alerts.map(({ alert }) => alert),
    alertstate: ['pending', 'firing'],
    severity: alerts.map(({ labels }) => labels.severity),
  });
});

const CASES = [
  ...alerts.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...recordings.map(({ record, expr }): [string, string] => [record, expr]),
  ...dashboards.flatMap(({ title, expressions }) => expressions.map((expr): [string, string] => [title, expr])),
];

it.each(CASES)('%s reads only metrics, labels and values that exist: %s', (_name, expression) => {
  const { selectors, grouping } = promqlParts(expression);
  expect(selectors).not.toEqual([]);
  const labelsOf = (metric: string): readonly string[] => [...known.labelsOf(metric), ...TARGET_LABELS];
  for (const { metric, matchers } of selectors) {
    expect(known.names).toContain(metric);
    for (const matcher of matchers) {
      expect([metric, ...labelsOf(metric)]).toContain(matcher.label);
      expect({ metric, matcher, unseen: unseenIn(metric, matcher) }).toEqual({ metric, matcher, unseen: [] });
    }
  }
  const ofAll = selectors.flatMap(({ metric }) => labelsOf(metric));
  for (const label of grouping) expect(ofAll).toContain(label);
});

/** The alternatives of a matcher that no value of the metric's label matches. Grafana's variables have no values here. */
function unseenIn(metric: string, { label, operator, value }: LabelMatcher): string[] {
  if (TARGET_LABELS.includes(label) || value.startsWith('$')) return [];
  const values = known.valuesOf(metric, label);
  if (!operator.endsWith('~')) return values.includes(value) ? [] : [value];
  return value.split('|').filter((pattern) => !values.some((one) => new RegExp(`^(?:${pattern})$`).test(one)));
}

it.each(CAUSED_ELSEWHERE)('$name, which takes $why, is shown by $shownBy', ({ name, labels, shownBy }) => {
  const test = read(shownBy);
  expect(test).toContain(name.replace(/_count$/, ''));
  for (const value of Object.values(labels).flat()) expect(test).toContain(`'${value}'`);
});

describe.each(dashboards)('$title', ({ uid, variables, text }) => {
  it('has its own address, and uses each of its variables', () => {
    expect(dashboards.filter((other) => other.uid === uid)).toHaveLength(1);
    expect(variables).toContain('instance');
    for (const name of variables) expect(text).toMatch(new RegExp(`\\$${name}\\b`));
  });
});
