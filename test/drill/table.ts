import { table } from '../../bench/documents.js';

/** Where the table is in the page. */
const BEGIN = '<!-- npm run drill: begin -->';
const END = '<!-- npm run drill: end -->';

const HEADINGS = ['Fault', 'Its alert', 'Severity', 'Fired', 'Sent', 'Ended', 'Other pages', 'Tickets besides'];

/** The cells of a row, in the order of the headings. */
export type Row = readonly string[];

/**
 * The page with new rows in its table. Rows of other faults stay as they are.
 * @param titles of all faults, in the order of the table.
 * @throws Error if the page has no place for the table.
 */
export function withRows(page: string, rows: readonly Row[], titles: readonly string[]): string {
  const [before, rest] = page.split(BEGIN);
  const [present, after] = rest?.split(END) ?? [];
  if (before === undefined || present === undefined || after === undefined)
    throw new Error(`The page has no lines "${BEGIN}" and "${END}".`);
  const byTitle = new Map([...rowsIn(present), ...rows].map((row) => [row[0] ?? '', row]));
  const ordered = titles.map((title) => byTitle.get(title)).filter((row) => row !== undefined);
  return `${before}${BEGIN}\n\n${tableOf(ordered)}\n\n${END}${after}`;
}

/** A table of Markdown with these rows. */
export function tableOf(rows: readonly Row[]): string {
  return table(HEADINGS, rows);
}

/** The rows of a table of Markdown, without its headings. */
function rowsIn(text: string): Row[] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
