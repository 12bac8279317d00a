import type { SeenResponse } from '../support/response-check.js';
import type { OutgoingRequest } from './requests/outgoing-request.js';

/** Failures that are printed in full; the others are counted. */
const SHOWN = 20;
/** Characters of a request or a response that are printed. */
const SHOWN_LENGTH = 600;

/** The results of a run. */
export class FuzzReport {
  sent = 0;
  private readonly statuses = new Map<number, number>();
  private readonly failures: string[] = [];
  private readonly kinds = new Map<string, number>();
  private readonly startedAt = performance.now();

  constructor(
    private readonly seed: number,
    private readonly requests: number,
  ) {}

  get isClean(): boolean {
    return this.kinds.size === 0;
  }

  /** @param response undefined if there was none. */
  add(request: OutgoingRequest, response: SeenResponse | undefined, faults: readonly string[]): void {
    this.sent += 1;
    const status = response?.status ?? 0;
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (faults.length === 0) return;
    const what = faults.join('\n    ');
    this.fail(`${status} ${faults[0] ?? ''}`, `request ${this.sent}\n    ${what}\n${describe(request, response)}`);
  }

  /** Faults that no single request caused, such as wrong data in Redis at the end. The text before `: ` is the kind. */
  addOthers(faults: readonly string[]): void {
    for (const fault of faults) this.fail(fault.split(': ')[0] ?? fault, fault);
  }

  toString(): string {
    const seconds = (performance.now() - this.startedAt) / 1000;
    const statuses = [...this.statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`);
    const summary = `${this.sent} requests in ${seconds.toFixed(1)} s: ${statuses.join(', ')}`;
    if (this.isClean) return `${summary}\nEvery response matches the documentation, and the data in Redis is valid.`;
    const counts = [...this.kinds].toSorted(([, a], [, b]) => b - a).map(([kind, count]) => `  ${count} × ${kind}`);
    return [
      ...this.failures.slice(0, SHOWN),
      `${counts.length} kinds of failure:`,
      ...counts.slice(0, 3 * SHOWN),
      summary,
      `To repeat: npm run fuzz -- --seed ${this.seed} --requests ${this.requests}`,
    ].join('\n');
  }

  /** Only the first failure of each kind is shown. */
  private fail(kind: string, failure: string): void {
    if (!this.kinds.has(kind)) this.failures.push(failure);
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
  }
}

function describe(request: OutgoingRequest, response: SeenResponse | undefined): string {
  const { method, target, headers, body, bytes } = request;
  const sent =
    bytes ?? [`${method} ${target}`, ...headers.map(([name, value]) => `${name}: ${value}`), '', body ?? ''].join('\n');
  return `  > ${shown(sent.toString())}\n  < ${shown(response === undefined ? 'nothing' : received(response))}`;
}

function received({ status, headers, text }: SeenResponse): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  const own = lines.filter(
    (line) =>
      !/^(content-security|cross-origin|x-(content|dns|down|frame|perm|xss)|referrer|strict|origin-)/.test(line),
  );
  return [String(status), ...own, '', text ?? ''].join('\n');
}

function shown(text: string): string {
  const cut = text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}… (${text.length})` : text;
  return cut
    .replaceAll(/[^\x20-\x7e\n]/g, (odd) => `\\u${odd.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('\n', '\n    ');
}
