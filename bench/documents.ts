import { readFile, writeFile } from 'node:fs/promises';

/**
 * Replaces the text between the lines `<!-- name -->` and `<!-- /name -->` of a Markdown file.
 * @throws Error if the file has no such lines.
 */
export async function replaceSection(file: string, name: string, text: string): Promise<void> {
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const old = await readFile(file, 'utf8');
  const from = old.indexOf(begin);
  const to = old.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${file} has no section ${name}.`);
  await writeFile(file, `${old.slice(0, from)}${begin}\n${text}\n\n${old.slice(to)}`);
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(3, ...[head, ...rows].map((row) => (row[column] ?? cell).length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
