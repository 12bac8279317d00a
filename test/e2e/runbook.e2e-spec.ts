import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentSchema } from '#config';
import { ROOT } from '../support/root.js';

const textOf = (page: string): string => readFileSync(join(ROOT, 'docs', page), 'utf8');

const RUNBOOK = textOf('runbook.md');
const METRICS = textOf('metrics.md');

const ALERT = /^### (?<name>\w+)\n(?<text>[^]*?)(?=\n##|$(?![^]))/gm;
const METRIC = /\b(?:cartwright|nodejs|process|db_client|http_server)_\w+\b/g;
const SERIES = /_(?:bucket|sum|count)$/;
/** Settings of the service, by the prefixes that no other program's settings in the page have. */
const SETTING = /\b(?:REDIS_|JWT_|CART_|RATE_LIMIT_|EVENTS_|METRICS_|PRODUCT_|SHUTDOWN_)[A-Z_]*[A-Z]\b/g;

const alerts = Array.from(RUNBOOK.matchAll(ALERT), ({ groups: { name = '', text = '' } = {} }) => ({ name, text }));

describe('docs/runbook.md', () => {
  it('says of each alert what it means, how to confirm it and what to do', () => {
    expect(alerts.length).toBeGreaterThan(30);
    const parts = alerts.map(({ name, text }) => [name, ...(text.match(/^- \*\*\w+:\*\*/gm) ?? [])]);
    expect(parts).toEqual(alerts.map(({ name }) => [name, '- **Means:**', '- **Confirm:**', '- **Do:**']));
  });

  it('names metrics that exist', () => {
    const named = Array.from(RUNBOOK.matchAll(METRIC), ([name]) => name.replace(SERIES, ''));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !METRICS.includes(`\`${name}\``))).toEqual([]);
  });

  it('names settings that exist', () => {
    const named = Array.from(RUNBOOK.matchAll(SETTING), ([name]) => name);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !(name in environmentSchema.shape))).toEqual([]);
  });
});
