import { styleText } from 'node:util';
import type { WriteStream } from 'node:tty';
import type { Answer } from './api-client.js';

const INDENT = '  ';
const REQUEST_WIDTH = 36;

/** Prints the demo: sections of requests, each with its result. Coloured only on a terminal. */
export class Page {
  private readonly coloured: boolean;
  private endsBlank = true;

  constructor(private readonly stream: WriteStream) {
    // Not a terminal: Node then provides a stream without colours.
    this.coloured = stream.isTTY && stream.hasColors();
  }

  section(title: string): void {
    this.blank();
    this.line(this.styled('bold', title));
    this.blank();
  }

  /** Prints one request and its status; `shows` explains the result. */
  step({ request, status }: Answer<unknown>, shows: string): void {
    const mark = this.styled(status < 400 ? 'green' : 'yellow', String(status));
    this.line(`${INDENT}${mark}  ${request.padEnd(REQUEST_WIDTH)}  ${shows}`.trimEnd());
  }

  /** Prints rows of cells: the first column is left-aligned, all others are right-aligned. */
  table(rows: readonly (readonly string[])[]): void {
    const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
    const aligned = rows.map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))),
    );
    this.blank();
    for (const cells of aligned) this.line(`${INDENT}     ${this.styled('dim', '|')} ${cells.join('   ')}`);
    this.blank();
  }

  line(text: string): void {
    this.stream.write(`${text}\n`);
    this.endsBlank = text === '';
  }

  /** Prints an empty line, unless there is one already. */
  blank(): void {
    if (!this.endsBlank) this.line('');
  }

  private styled(format: 'bold' | 'dim' | 'green' | 'yellow', text: string): string {
    return this.coloured ? styleText(format, text) : text;
  }
}
