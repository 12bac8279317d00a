import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { register } from 'prom-client';
import { Scrape } from '../support/scrape.js';
import { ROOT } from '../support/root.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();

/** Name, type, labels and meaning of each metric in docs/metrics.md. */
const ROW = /^\| `(\w+)` +\| (counter|gauge|histogram) +\| ([^|]*?) +\| (.+?) +\|$/gm;

const documented = Array.from(
  readFileSync(join(ROOT, 'docs/metrics.md'), 'utf8').matchAll(ROW),
  ([, name = '', type, labels = '', help]) => ({ name, type, labels: labels.match(/\w+/g) ?? [], help }),
);

it('docs/metrics.md has each metric of a scrape once, with its type, labels and meaning', async () => {
  const { families } = await Scrape.of(api.url);
  const labelsOf = new Map(
    register.getMetricsAsArray().map((metric) => [metric.name, 'labelNames' in metric ? metric.labelNames : []]),
  );
  const scraped = families.map(({ name, type, help }) => ({ name, type, labels: labelsOf.get(name), help }));
  const byName = (left: { readonly name: string }, right: { readonly name: string }): number =>
    left.name.localeCompare(right.name);
  expect(documented.toSorted(byName)).toEqual(scraped.toSorted(byName));
});
