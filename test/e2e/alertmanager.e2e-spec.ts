import { findMonitoringProgram } from '../../scripts/monitoring-programs.js';
import { Alertmanager } from '../support/alertmanager.js';
import { alerts, inhibitionNames } from '../support/alert-rules.js';
import { read } from '../support/deployment-files.js';
import { eventually } from '../support/eventually.js';
import { itWith } from '../support/it-with.js';
import { runProgram } from '../support/run-program.js';

const program = findMonitoringProgram('alertmanager');
const amtool = findMonitoringProgram('amtool');

const severities = new Map(alerts.map(({ alert, labels }) => [alert, labels.severity]));

/** An alert as Prometheus reports it: its labels are those of its rule and of the job that it is about. */
function reported(alertname: string, job = alertname.startsWith('Redis') ? 'redis' : 'cartwright') {
  const severity = severities.get(alertname);
  if (severity === undefined) throw new Error(`There is no alert ${alertname}.`);
  return { labels: { alertname, severity, job, instance: 'one' } };
}

/** The job of a page and a ticket that it inhibits. Each rule sees alerts in their order, so these show that it has seen all. */
const MARKER = 'marker';

/** Reports alerts, and resolves when each inhibition by them applies. */
async function reportTo(alertmanager: Alertmanager, names: readonly string[]): Promise<void> {
  await alertmanager.report(names.map((name) => reported(name)));
  await alertmanager.report([reported('CartwrightRequestsShed', MARKER), reported('CartwrightOverloaded', MARKER)]);
  await eventually(
    async () => alertmanager.notInhibited('tickets', `job="${MARKER}"`),
    (tickets) => tickets.length === 0,
  );
}

itWith(amtool === undefined ? ['amtool'] : [], 'amtool accepts the configuration', async () => {
  const { code, stderr } = await runProgram(
    amtool ?? 'amtool',
    ['check-config', 'deploy/prometheus/alertmanager.yml'],
    {},
  );
  expect([code, stderr]).toEqual([0, '']);
});

it('the configuration names only alerts that exist', () => {
  const named = inhibitionNames(read('deploy/prometheus/alertmanager.yml'));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((pattern) => !alerts.some(({ alert }) => new RegExp(`^(?:${pattern})$`).test(alert)))).toEqual(
    [],
  );
});

describe('of the alerts of one fault, only these are sent as pages', () => {
  const BURN = ['CartwrightAvailabilityBurnFast', 'CartwrightAvailabilityBurnMedium', 'CartwrightLatencyBurnFast'];
  const OUTAGE = ['CartwrightCauseKnown', 'CartwrightNoInstanceReady', ...BURN];
  const CRASH = ['CartwrightCauseKnown', 'CartwrightNoInstanceUp', ...BURN];
  const faults: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['Redis is away', ['RedisDown', 'RedisReplicationBroken', ...OUTAGE], ['RedisDown']],
    ['Redis has come back', ['CartwrightCauseKnown', ...BURN], []],
    ['the only Redis is a replica', ['RedisReadOnly', 'RedisReplicationBroken', ...OUTAGE], ['RedisReadOnly']],
    [
      'Redis is full',
      ['RedisFull', 'RedisMemoryHigh', 'RedisMemoryCritical', 'CartwrightCauseKnown', ...BURN],
      ['RedisFull'],
    ],
    ['Redis is nearly full', ['RedisMemoryHigh', 'RedisMemoryCritical'], ['RedisMemoryCritical']],
    [
      'Redis cannot write to its disk, and rejects writes',
      ['RedisWritesDisabled', 'RedisPersistenceFailing', ...OUTAGE],
      ['RedisWritesDisabled'],
    ],
    // It may fail for days while writes work.
    [
      'Redis cannot rewrite its file when no instance reaches it',
      ['RedisPersistenceFailing', ...OUTAGE],
      ['CartwrightNoInstanceReady', 'RedisPersistenceFailing'],
    ],
    ['no instance is up', CRASH, ['CartwrightNoInstanceUp']],
    ['a replica is down when no instance is up', ['RedisDown', ...CRASH], ['CartwrightNoInstanceUp', 'RedisDown']],
    ['no instance reaches Redis', OUTAGE, ['CartwrightNoInstanceReady']],
    [
      'overload',
      ['CartwrightOverloaded', 'CartwrightRequestsShed', 'CartwrightCauseKnown', ...BURN],
      ['CartwrightOverloaded'],
    ],
    // Callers notice, and no page says why.
    ['Redis is slow', ['RedisSlow', ...BURN], BURN],
    // One server of several: whether callers notice is another question.
    ['one server is down and requests fail', ['RedisDown', ...BURN], ['RedisDown', ...BURN]],
  ];

  let alertmanager: Alertmanager;
  beforeEach(async () => {
    if (program !== undefined) alertmanager = await Alertmanager.start(program);
  });
  afterEach(async () => {
    if (program !== undefined) await alertmanager.stop();
  });

  for (const [fault, firing, pages] of faults) {
    itWith(program === undefined ? ['alertmanager'] : [], fault, async () => {
      await reportTo(alertmanager, firing);
      expect(await alertmanager.notInhibited('pages', `job!="${MARKER}"`)).toEqual(pages.toSorted());
    });
  }
});
