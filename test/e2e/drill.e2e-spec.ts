import { parse } from 'yaml';
import { ALL_FAULTS } from '../drill/faults/all-faults.js';
import { prometheusConfiguration } from '../drill/monitoring/prometheus-configuration.js';
import { firstSent, type Observation } from '../drill/observation.js';
import { rowOf } from '../drill/row.js';
import { withRows } from '../drill/table.js';
import { findings } from '../drill/verdict.js';
import { alerts } from '../support/alert-rules.js';
import { read } from '../support/deployment-files.js';

const PAGE = '# Page\n\n<!-- npm run drill: begin -->\n<!-- npm run drill: end -->\n\nMore.\n';

const seen = (more: Partial<Observation> = {}): Observation => ({
  fault: 'redis-stopped',
  fired: new Map([['RedisDown', 55]]),
  pages: new Map([['RedisDown', 85]]),
  tickets: new Map([['CartwrightInstanceWithoutRedis', 110]]),
  firedUntilEnd: true,
  endedAfter: 75,
  ...more,
});

describe('a fault passes the drill', () => {
  it('if its alert fires, is sent and ends, and other alerts are only tickets', () => {
    expect(findings('RedisDown', seen())).toEqual([]);
  });

  it('also if its alert is a ticket', () => {
    const ticket = seen({ pages: new Map(), tickets: new Map([['RedisDown', 85]]) });
    expect(findings('RedisDown', ticket)).toEqual([]);
  });
});

describe('a fault fails the drill', () => {
  const never = new Map<string, number>();
  it.each<[string, Partial<Observation>, string]>([
    ['if its alert never fires', { fired: never }, 'RedisDown never fired'],
    ['if it fires after two minutes', { fired: new Map([['RedisDown', 121]]) }, 'RedisDown fired after 121 s'],
    ['if it is inhibited', { pages: never }, 'RedisDown was never sent'],
    ['if it is sent after two minutes', { pages: new Map([['RedisDown', 121]]) }, 'RedisDown was sent after 121 s'],
    [
      'if its alert stops before the fault does',
      { firedUntilEnd: false },
      'RedisDown no longer fired when the fault ended',
    ],
    [
      'if its alert does not stop afterwards',
      { endedAfter: undefined },
      'RedisDown did not stop firing after the fault',
    ],
    [
      'if another page is sent',
      { pages: new Map([...seen().pages, ['RedisFull', 90]]) },
      'RedisFull paged too, after 90 s',
    ],
  ])('%s', (_when, more, finding) => {
    expect(findings('RedisDown', seen(more))).toEqual([finding]);
  });
});

describe('notifications', () => {
  const sent = [
    { receiver: 'pages', alert: 'RedisDown', at: 99_000 },
    { receiver: 'pages', alert: 'RedisFull', at: 99_000 },
    { receiver: 'pages', alert: 'RedisDown', at: 130_000 },
    { receiver: 'pages', alert: 'RedisDown', at: 150_000 },
    { receiver: 'tickets', alert: 'RedisSlow', at: 140_000 },
  ];

  it('count from when the fault began: earlier ones are of another fault', () => {
    expect(firstSent(sent, 'pages', 100_000)).toEqual(new Map([['RedisDown', 30]]));
    expect(firstSent(sent, 'tickets', 100_000)).toEqual(new Map([['RedisSlow', 40]]));
  });
});

describe('the table', () => {
  const titles = ['Redis is stopped', 'Redis is full'];
  const stopped = rowOf({ title: 'Redis is stopped', alert: 'RedisDown' }, seen());
  const full = rowOf({ title: 'Redis is full', alert: 'RedisFull' }, seen({ endedAfter: undefined }));

  it('has a row for each fault, in the order of the faults', () => {
    const page = withRows(withRows(PAGE, [full], titles), [stopped], titles);
    expect(page.split('\n').filter((line) => line.startsWith('| Redis'))).toEqual([
      '| Redis is stopped | `RedisDown` | page     | 55 s  | 85 s  | 75 s  | none        | `CartwrightInstanceWithoutRedis` |',
      '| Redis is full    | `RedisFull` |          | never | never | never | `RedisDown` | `CartwrightInstanceWithoutRedis` |',
    ]);
    expect(page).toMatch(/^# Page\n\n<!--[^]+-->\n\nMore\.\n$/);
  });

  it('replaces the row of a fault that is measured again, and drops faults that no longer exist', () => {
    const again = rowOf({ title: 'Redis is stopped', alert: 'RedisDown' }, seen({ endedAfter: 80 }));
    const page = withRows(withRows(PAGE, [stopped, full], titles), [again], titles.slice(0, 1));
    expect(page.match(/^\| Redis.*/gm)).toEqual([expect.stringContaining('80 s')]);
  });

  it('has its place in docs/reliability.md', () => {
    expect(() => withRows(read('docs/reliability.md'), [], titles)).not.toThrow();
  });
});

it('every fault has a name of its own, and an alert that the rules have', () => {
  expect(ALL_FAULTS).toHaveLength(14);
  expect(new Set(ALL_FAULTS.map(({ name }) => name)).size).toBe(14);
  const known = alerts.map(({ alert }) => alert);
  expect(ALL_FAULTS.map(({ alert }) => alert).filter((alert) => !known.includes(alert))).toEqual([]);
});

it('Prometheus runs with the shipped configuration, except for addresses', () => {
  const {
    rule_files: rules,
    alerting,
    scrape_configs: jobs,
    ...rest
  } = parse(prometheusConfiguration({ redis: [1] }, 2));
  const shipped = parse(read('deploy/prometheus/prometheus.yml'));
  expect(rest).toEqual({ global: shipped.global });
  expect(rules).toEqual([expect.stringMatching(/\/deploy\/prometheus\/rules\/\*\.yml$/)]);
  expect(alerting.alertmanagers).toEqual([{ static_configs: [{ targets: ['127.0.0.1:2'] }] }]);
  expect(jobs).toEqual([
    { job_name: 'cartwright', static_configs: [{ targets: [] }] },
    { job_name: 'redis', static_configs: [{ targets: ['127.0.0.1:1'] }] },
  ]);
});
