import { setTimeout as delay } from 'node:timers/promises';
import { ensureMonitoringProgram } from '../../../scripts/monitoring-programs.js';
import { Alertmanager } from '../../support/alertmanager.js';
import { eventually } from '../../support/eventually.js';
import { Teardown } from '../teardown.js';
import { Notifications } from './notifications.js';
import { Prometheus, type FiringAlert } from './prometheus.js';
import { RedisExporter } from './redis-exporter.js';

/** Two scrapes and evaluations, so that each rule has seen the healthy site. */
const SETTLED_MS = 40_000;
const PATIENCE_SECONDS = 600;

/** Prometheus and Alertmanager with the configuration of deploy/prometheus, in which only addresses are replaced. */
export class Monitoring {
  private constructor(
    private readonly teardown: Teardown,
    readonly notifications: Notifications,
    private readonly prometheus: Prometheus,
  ) {}

  /** @param metricsPorts of the instances. */
  static async start(metricsPorts: readonly number[], redisPorts: readonly number[]): Promise<Monitoring> {
    const teardown = new Teardown();
    return teardown.unlessFailed(async () => {
      const exporter = ensureMonitoringProgram('redis_exporter');
      const exporters: RedisExporter[] = [];
      for (const port of redisPorts) exporters.push(teardown.add(await RedisExporter.start(exporter, port)));
      const notifications = teardown.add(await Notifications.start());
      const alertmanager = teardown.add(
        await Alertmanager.start(ensureMonitoringProgram('alertmanager'), notifications.url),
      );
      const prometheus = teardown.add(
        await Prometheus.start({
          program: ensureMonitoringProgram('prometheus'),
          promtool: ensureMonitoringProgram('promtool'),
          alertmanagerPort: alertmanager.port,
          targets: { cartwright: metricsPorts, redis: exporters.map(({ port }) => port) },
        }),
      );
      return new Monitoring(teardown, notifications, prometheus);
    });
  }

  /** The names of the alerts that fire now. */
  async firing(): Promise<readonly string[]> {
    return (await this.prometheus.firing()).map(({ alert }) => alert);
  }

  /** Resolves when each target is scraped, and neither a page nor this alert fires. A busy machine may cause tickets. */
  async healthyBefore(alert: string): Promise<void> {
    await eventually(
      async () => this.prometheus.targetsDown(),
      (down) => down === 0,
      PATIENCE_SECONDS,
    );
    await delay(SETTLED_MS);
    const disturbing = async (): Promise<FiringAlert[]> =>
      (await this.prometheus.firing()).filter((one) => one.isPage || one.alert === alert);
    await eventually(disturbing, (alerts) => alerts.length === 0, PATIENCE_SECONDS);
  }

  async stop(): Promise<void> {
    await this.teardown.run();
  }
}
