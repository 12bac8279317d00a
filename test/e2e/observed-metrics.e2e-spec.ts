import { register } from 'prom-client';
import { alerts, recordings } from '../support/alert-rules.js';
import { dashboards } from '../support/dashboards.js';
import { promqlParts, type LabelMatcher } from '../support/promql.js';
import { REDIS_EXPORTER_METRICS } from '../support/redis-exporter.js';
import { Scrape } from '../support/scrape.js';
import { shopRequest } from '../support/shop-traffic.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const REQUESTS = 30;

/** Prometheus adds these to every series. */
const TARGET_LABELS = ['job', 'instance'];
/** Values of these labels exist only after a fault. */
const NEED_A_FAULT = ['error_type'];

/** The labels of each sample name that Prometheus would have. */
const labelsOf = new Map<string, readonly string[]>();
/** `label="value"` of every series of the service. */
const values = new Set<string>();

beforeAll(async () => {
  for (let index = 0; index < REQUESTS; index += 1) await (await shopRequest(api.url, index)).arrayBuffer();
  const { families, series } = await Scrape.of(api.url);
  for (const { name, type } of families) {
    const metric = register.getSingleMetric(name);
    const labels = metric !== undefined && 'labelNames' in metric ? labelNamesOf(metric.labelNames) : [];
    if (type !== 'histogram') labelsOf.set(name, labels);
    else {
      for (const sample of [`${name}_sum`, `${name}_count`]) labelsOf.set(sample, labels);
      labelsOf.set(`${name}_bucket`, [...labels, 'le']);
    }
  }
  for (const [name, labels] of Object.entries(REDIS_EXPORTER_METRICS)) labelsOf.set(name, labels);
  for (const { record } of recordings) labelsOf.set(record, []);
  labelsOf.set('up', []);
  labelsOf.set('ALERTS', ['alertname', 'alertstate', 'severity']);
  for (const one of series.keys()) for (const [pair] of one.matchAll(/\w+="(?:[^"\\]|\\.)*"/g)) values.add(pair);
});

const labelNamesOf = (names: unknown): string[] => (Array.isArray(names) ? names.map(String) : []);

const CASES = [
  ...alerts.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...recordings.map(({ record, expr }): [string, string] => [record, expr]),
  ...dashboards.flatMap(({ title, expressions }) => expressions.map((expr): [string, string] => [title, expr])),
];

it.each(CASES)('%s reads only metrics, labels and values that exist: %s', (_name, expression) => {
  const { selectors, grouping } = promqlParts(expression);
  expect(selectors).not.toEqual([]);
  const known = (metric: string): readonly string[] => [...(labelsOf.get(metric) ?? []), ...TARGET_LABELS];
  for (const { metric, matchers } of selectors) {
    expect(Array.from(labelsOf.keys())).toContain(metric);
    for (const { label } of matchers) expect([metric, ...known(metric)]).toContain(label);
    if (!metric.startsWith('redis_') && metric !== 'ALERTS') expect(matchers.filter(isUnseen)).toEqual([]);
  }
  const ofAll = selectors.flatMap(({ metric }) => known(metric));
  for (const label of grouping) expect(ofAll).toContain(label);
});

/** Whether a selector asks for one value that no series has. */
function isUnseen({ label, operator, value }: LabelMatcher): boolean {
  const isOpen = operator !== '=' || TARGET_LABELS.includes(label) || NEED_A_FAULT.includes(label);
  return !isOpen && !values.has(`${label}="${value}"`);
}

describe.each(dashboards)('$title', ({ uid, variables, text }) => {
  it('has its own address, and uses each of its variables', () => {
    expect(dashboards.filter((other) => other.uid === uid)).toHaveLength(1);
    expect(variables).toContain('instance');
    for (const name of variables) expect(text).toMatch(new RegExp(`\\$${name}\\b`));
  });
});
