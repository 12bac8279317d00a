import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { freePort, ServiceProcess } from '../../support/service-process.js';
import { importHealthyPast } from './healthy-past.js';
import { prometheusConfiguration, type Targets } from './prometheus-configuration.js';

export interface PrometheusOptions {
  /** The commands of Prometheus and of promtool. */
  readonly program: string;
  readonly promtool: string;
  readonly alertmanagerPort: number;
  readonly targets: Targets;
}

const alertsReply = z.object({
  data: z.object({
    alerts: z.array(z.object({ state: z.string(), labels: z.object({ alertname: z.string(), severity: z.string() }) })),
  }),
});
const targetsReply = z.object({ data: z.object({ activeTargets: z.array(z.object({ health: z.string() })) }) });

export interface FiringAlert {
  readonly alert: string;
  readonly isPage: boolean;
}

/** A real Prometheus with the rules of deploy/prometheus, which remembers days without a fault. */
export class Prometheus {
  private constructor(
    private readonly directory: string,
    private readonly server: ServiceProcess,
    private readonly url: string,
  ) {}

  static async start({ program, promtool, alertmanagerPort, targets }: PrometheusOptions): Promise<Prometheus> {
    const directory = await mkdtemp(join(tmpdir(), 'cartwright-prometheus-'));
    const data = join(directory, 'data');
    const file = join(directory, 'prometheus.yml');
    await writeFile(file, prometheusConfiguration(targets, alertmanagerPort));
    await importHealthyPast(promtool, directory, data);
    const address = `127.0.0.1:${await freePort()}`;
    const args = [`--config.file=${file}`, `--storage.tsdb.path=${data}`, `--web.listen-address=${address}`];
    const server = ServiceProcess.run(program, args, {});
    await server.printed(/Server is ready to receive web requests/);
    return new Prometheus(directory, server, `http://${address}`);
  }

  /** The alerts that fire now. */
  async firing(): Promise<readonly FiringAlert[]> {
    const { data } = alertsReply.parse(await this.get('/api/v1/alerts'));
    return data.alerts
      .filter(({ state }) => state === 'firing')
      .map(({ labels }) => ({ alert: labels.alertname, isPage: labels.severity === 'page' }));
  }

  /** How many targets were not scraped. */
  async targetsDown(): Promise<number> {
    const { data } = targetsReply.parse(await this.get('/api/v1/targets?state=active'));
    return data.activeTargets.filter(({ health }) => health !== 'up').length;
  }

  async stop(): Promise<void> {
    await this.server.end('SIGKILL');
    await rm(this.directory, { recursive: true, force: true });
  }

  private async get(path: string): Promise<unknown> {
    return (await fetch(`${this.url}${path}`)).json();
  }
}
