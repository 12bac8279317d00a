import { parse } from 'yaml';
import { findMonitoringProgram } from '../../scripts/monitoring-programs.js';
import { alerts, filesIn, recordings, testedAlerts } from '../support/alert-rules.js';
import { dashboards } from '../support/dashboards.js';
import { read } from '../support/deployment-files.js';
import { itWith } from '../support/it-with.js';
import { promqlParts } from '../support/promql.js';
import { runProgram, type Ended } from '../support/run-program.js';

const found = findMonitoringProgram('promtool');
const missing = found === undefined ? ['promtool'] : [];
const promtool = async (...args: string[]): Promise<Ended> => runProgram(found ?? 'promtool', args, {});

itWith(missing, 'promtool accepts the configuration of Prometheus and all its rules', async () => {
  const { code, stdout, stderr } = await promtool('check', 'config', 'deploy/prometheus/prometheus.yml');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`${filesIn('rules').length} rule files found`);
});

describe('each fault fires the alerts that its test names, and no other', () => {
  for (const file of filesIn('tests')) {
    itWith(missing, file, async () => {
      const { code, stdout, stderr } = await promtool('test', 'rules', file);
      expect([code, stdout + stderr]).toEqual([0, expect.stringContaining('SUCCESS')]);
    });
  }
});

describe.each(alerts)('$alert', ({ alert, annotations }) => {
  it('is expected by a test', () => {
    expect(Array.from(testedAlerts)).toContain(alert);
  });

  it('has a chapter in the runbook, and its address', () => {
    expect(annotations.runbook_url).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
    expect(read('docs/runbook.md')).toMatch(new RegExp(`^#+ ${alert}$`, 'm'));
  });
});

it('no two alerts share a name', () => {
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
});

it('the rules name only alerts that exist', () => {
  const named = alerts.flatMap(({ expr }) =>
    promqlParts(expr)
      .selectors.filter(({ metric }) => metric === 'ALERTS')
      .flatMap(({ matchers }) => matchers.filter(({ label }) => label === 'alertname'))
      .flatMap(({ value }) => value.split('|')),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(alerts.map(({ alert }) => alert)).toEqual(expect.arrayContaining(named));
});

it('the rules select only jobs that prometheus.yml has', () => {
  const configured = parse(read('deploy/prometheus/prometheus.yml')).scrape_configs.map(
    ({ job_name: name }: { job_name: string }) => name,
  );
  const selected = [...alerts, ...recordings].flatMap(({ expr }) =>
    promqlParts(expr).selectors.flatMap(({ matchers }) => matchers.filter(({ label }) => label === 'job')),
  );
  expect(new Set(selected.map(({ value }) => value))).toEqual(new Set(configured));
});

it('panels that name an objective leave out the same requests as its rules', () => {
  const leftOut = (expressions: readonly string[]): Set<string> => {
    const selectors = expressions.flatMap((expr) => promqlParts(expr).selectors);
    return new Set(
      selectors.map(({ matchers }) => JSON.stringify(matchers.filter(({ operator }) => operator === '!~'))),
    );
  };
  const panels = dashboards.flatMap(({ ofObjectives }) => ofObjectives);
  expect(leftOut(panels)).toEqual(leftOut(recordings.map(({ expr }) => expr)));
});

it.each([
  'deploy/prometheus/rules/slo.yml',
  'deploy/grafana/dashboards/service.json',
  'deploy/grafana/dashboards/traces.json',
  'docs/metrics.md',
])('%s leaves out the streams of support agents too wherever it leaves out streams', (file) => {
  const matchers = read(file).match(/[|"][^|"\s]*\/cart\/events\\?"/g) ?? [];
  expect(matchers).not.toEqual([]);
  for (const matcher of matchers) expect(matcher.slice(1)).toMatch(/^\.\*\/cart\/events\\?"$/);
});
