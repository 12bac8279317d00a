import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT } from './root.js';

const FOLDER = 'deploy/prometheus';

const Recording = z.strictObject({ record: z.string(), expr: z.string() });
const Alert = z.strictObject({
  alert: z.string(),
  expr: z.string(),
  for: z.string().optional(),
  keep_firing_for: z.string().optional(),
  labels: z.strictObject({ severity: z.enum(['page', 'ticket', 'none']) }),
  annotations: z.strictObject({ summary: z.string().min(1), runbook_url: z.string() }),
});
const Rules = z.object({ groups: z.array(z.object({ rules: z.array(z.union([Recording, Alert])) })) });

const Tests = z.object({
  tests: z.array(
    z.object({ promql_expr_test: z.array(z.object({ exp_samples: z.array(z.object({ labels: z.string() })) })) }),
  ),
});

/** The paths of the files in a folder of deploy/prometheus. */
export const filesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, FOLDER, folder))
    .toSorted()
    .map((file) => join(FOLDER, folder, file));

const contents = (path: string): unknown => parse(readFileSync(join(ROOT, path), 'utf8'));

const rules = filesIn('rules').flatMap((path) => Rules.parse(contents(path)).groups.flatMap((group) => group.rules));

export const alerts = rules.filter((rule) => 'alert' in rule);
export const recordings = rules.filter((rule) => 'record' in rule);

/** The names of the alerts that some test expects. */
export const testedAlerts = new Set(
  filesIn('tests')
    .flatMap((path) => Tests.parse(contents(path)).tests)
    .flatMap((test) => test.promql_expr_test.flatMap((check) => check.exp_samples))
    .map(({ labels }) => /alertname="(\w+)"/.exec(labels)?.[1] ?? ''),
);

const Inhibitions = z.object({
  inhibit_rules: z.array(z.object({ source_matchers: z.array(z.string()), target_matchers: z.array(z.string()) })),
});

/** The names and patterns of alerts in the inhibition rules of an Alertmanager configuration. */
export const inhibitionNames = (configuration: string): string[] =>
  Inhibitions.parse(parse(configuration))
    .inhibit_rules.flatMap((rule) => [...rule.source_matchers, ...rule.target_matchers])
    .map((matcher) => /^alertname =~? "?([^"]+)"?$/.exec(matcher)?.[1] ?? matcher);
