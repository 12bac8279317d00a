import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBLEM_CATALOG } from '#http';

const ROW = /^\| `([a-z_]+)` +\| (\d{3}) +\|/gm;

it('docs/operations.md has every error code with its status, and no others', () => {
  const page = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');
  const documented = Array.from(page.matchAll(ROW), ([, code, status]) => [code, Number(status)]);
  const codes = Object.entries(PROBLEM_CATALOG).map(([code, { status }]) => [code, status]);
  expect(documented.toSorted()).toEqual(codes.toSorted());
});
