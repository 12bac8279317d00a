import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { read } from './deployment-files.js';
import { freePort, ServiceProcess } from './service-process.js';

const CONFIGURATION = 'deploy/prometheus/alertmanager.yml';

const shipped = z.looseObject({ receivers: z.array(z.strictObject({ name: z.string() })) });
const alertNames = z.array(z.object({ labels: z.object({ alertname: z.string() }) }));

/** A real Alertmanager with the configuration of deploy/prometheus. */
export class Alertmanager {
  private constructor(
    private readonly directory: string,
    private readonly server: ServiceProcess,
    readonly port: number,
  ) {}

  /**
   * @param program the command of Alertmanager.
   * @param webhook if given, each receiver notifies it, at a path that is the receiver's name.
   */
  static async start(program: string, webhook?: string): Promise<Alertmanager> {
    const directory = await mkdtemp(join(tmpdir(), 'cartwright-alertmanager-'));
    const file = join(directory, 'alertmanager.yml');
    await writeFile(file, configuration(webhook));
    const port = await freePort();
    const server = ServiceProcess.run(
      program,
      [
        `--config.file=${file}`,
        `--storage.path=${directory}`,
        `--web.listen-address=127.0.0.1:${port}`,
        // It is alone.
        '--cluster.listen-address=',
      ],
      {},
    );
    await server.printed(/Listening on/i);
    return new Alertmanager(directory, server, port);
  }

  /** Reports alerts to it, as Prometheus does. */
  async report(alerts: readonly { readonly labels: Readonly<Record<string, string>> }[]): Promise<void> {
    const response = await fetch(this.at('/api/v2/alerts'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alerts),
    });
    if (!response.ok) throw new Error(`Alertmanager responded with ${response.status}: ${await response.text()}`);
  }

  /**
   * The names of the alerts of a receiver that nothing inhibits, in alphabetical order.
   * @param matcher of their labels, such as `job="redis"`.
   */
  async notInhibited(receiver: string, matcher: string): Promise<string[]> {
    const query = new URLSearchParams({ active: 'true', inhibited: 'false', receiver, filter: matcher });
    const response = await fetch(this.at(`/api/v2/alerts?${query.toString()}`));
    return alertNames
      .parse(await response.json())
      .map(({ labels }) => labels.alertname)
      .sort();
  }

  async stop(): Promise<void> {
    await this.server.end('SIGKILL');
    await rm(this.directory, { recursive: true, force: true });
  }

  private at(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }
}

function configuration(webhook: string | undefined): string {
  const text = read(CONFIGURATION);
  if (webhook === undefined) return text;
  const { receivers, ...rest } = shipped.parse(parse(text));
  return stringify({
    ...rest,
    receivers: receivers.map(({ name }) => ({ name, webhook_configs: [{ url: `${webhook}/${name}` }] })),
  });
}
