import { parseCommandLine } from '../../scripts/command-line/command-line.js';
import { exitWithUsageError } from '../../scripts/command-line/usage-error.js';
import type { Fault } from './fault.js';
import { ALL_FAULTS } from './faults/all-faults.js';

export interface DrillOptions {
  readonly faults: readonly Fault[];
  /** Whether the rows go into docs/reliability.md. */
  readonly write: boolean;
}

/** The command-line options. */
export function drillOptions(): DrillOptions {
  const { values } = parseCommandLine({
    help: `
Usage: npm run drill -- [options]

Causes faults at two instances that a real Prometheus and Alertmanager watch, with the rules in deploy/prometheus. Checks that each
fires and sends its alert within two minutes, that the alert fires until the fault ends and stops afterwards, and that no other page
is sent. A fault takes five to ten minutes.

Options:
  --only <names>  these faults, separated by commas (default: all)
  --write         write the rows into the table in docs/reliability.md
  -h, --help      print this

Faults:
${ALL_FAULTS.map(({ name }) => `  ${name}`).join('\n')}`,
    options: { only: { type: 'string' }, write: { type: 'boolean', default: false } },
  });
  return { faults: values.only === undefined ? ALL_FAULTS : named(values.only.split(',')), write: values.write };
}

function named(names: readonly string[]): Fault[] {
  const unknown = names.filter((name) => !ALL_FAULTS.some((fault) => fault.name === name));
  if (unknown.length > 0) exitWithUsageError(`There is no fault ${unknown.join(', ')}`);
  return ALL_FAULTS.filter(({ name }) => names.includes(name));
}
