import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from './root.js';

const FOLDER = join(ROOT, 'deploy/grafana/dashboards');
/** It asks Tempo, all others ask Prometheus. */
const TRACES = 'traces.json';

const Dashboard = z.object({
  uid: z.string(),
  title: z.string(),
  templating: z.object({
    list: z.array(
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('datasource'), name: z.string() }),
        z.object({ type: z.literal('query'), name: z.string(), query: z.object({ query: z.string() }) }),
      ]),
    ),
  }),
  panels: z.array(
    z.object({
      title: z.string(),
      description: z.string().default(''),
      targets: z.array(z.object({ expr: z.string() })).default([]),
    }),
  ),
});

/** A dashboard, by what it asks Prometheus. */
export interface DashboardQueries {
  readonly title: string;
  readonly uid: string;
  readonly variables: readonly string[];
  readonly text: string;
  /** PromQL, in which `$__rate_interval` is five minutes. */
  readonly expressions: readonly string[];
  /** Those of panels that compare with a service level objective. */
  readonly ofObjectives: readonly string[];
}

const asked = (expr: string): string => expr.replaceAll('$__rate_interval', '5m');

export const dashboards: readonly DashboardQueries[] = readdirSync(FOLDER)
  .filter((file) => file !== TRACES)
  .map((file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    const { title, uid, templating, panels } = Dashboard.parse(JSON.parse(text));
    const ofPanels = panels.flatMap(({ targets }) => targets).map(({ expr }) => asked(expr));
    const ofObjectives = panels
      .filter(({ description }) => description.startsWith('The objective is'))
      .flatMap(({ targets }) => targets.map(({ expr }) => asked(expr)));
    const ofVariables = templating.list.flatMap((variable) =>
      'query' in variable ? [askedBy(variable.query.query)] : [],
    );
    const expressions = [...ofPanels, ...ofVariables];
    return { title, uid, variables: templating.list.map(({ name }) => name), text, expressions, ofObjectives };
  });

/** `label_values(metric{…}, label)`, which is Grafana's own, as PromQL that names the same. */
function askedBy(query: string): string {
  const [, selector = '', label = ''] = /^label_values\((.+), (\w+)\)$/.exec(query) ?? [];
  return `count by (${label}) (${selector})`;
}
