import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/root.js';
import { ALL_FAULTS } from './faults/all-faults.js';
import { drillOptions } from './options.js';
import { rehearse } from './rehearse.js';
import { rowOf } from './row.js';
import { tableOf, withRows, type Row } from './table.js';
import { findings } from './verdict.js';

/** `npm run drill`: causes faults, and checks that each pages or opens a ticket by its own alert and pages by no other. */

const PAGE = join(ROOT, 'docs/reliability.md');

const { faults, write } = drillOptions();
const rows: Row[] = [];
let failed = 0;
for (const fault of faults) {
  process.stdout.write(`${fault.name}: `);
  const seen = await rehearse(fault);
  const wrong = findings(fault.alert, seen);
  if (wrong.length > 0) failed += 1;
  const row = rowOf(fault, seen);
  process.stdout.write(`${wrong.length === 0 ? 'ok' : wrong.join('; ')}\n`);
  rows.push(row);
  // After each fault, so that an interrupted drill is not in vain.
  if (write)
    writeFileSync(
      PAGE,
      withRows(
        readFileSync(PAGE, 'utf8'),
        [row],
        ALL_FAULTS.map(({ title }) => title),
      ),
    );
}
process.stdout.write(`\n${tableOf(rows)}\n`);
process.exit(failed === 0 ? 0 : 1);
