import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { read } from '../../support/deployment-files.js';
import { ROOT } from '../../support/root.js';

const FOLDER = 'deploy/prometheus';

/** The ports to scrape of each job. */
export type Targets = Readonly<Record<string, readonly number[]>>;

const shipped = z.looseObject({
  rule_files: z.array(z.string()),
  scrape_configs: z.array(z.looseObject({ job_name: z.string() })),
});

/** The shipped configuration of Prometheus with other addresses, as YAML. */
export function prometheusConfiguration(targets: Targets, alertmanagerPort: number): string {
  const { rule_files: rules, scrape_configs: jobs, ...rest } = shipped.parse(parse(read(`${FOLDER}/prometheus.yml`)));
  return stringify({
    ...rest,
    rule_files: rules.map((pattern) => join(ROOT, FOLDER, pattern)),
    alerting: { alertmanagers: [at([alertmanagerPort])] },
    scrape_configs: jobs.map((job) => ({ ...job, dns_sd_configs: undefined, ...at(targets[job.job_name] ?? []) })),
  });
}

function at(ports: readonly number[]) {
  return { static_configs: [{ targets: ports.map((port) => `127.0.0.1:${port}`) }] };
}
