const COUNTER = /^# TYPE (\S+)_total counter$/gm;

/**
 * Converts Prometheus text into OpenMetrics 1.0, where the name of a counter has no `_total`, only its samples do, and the end is
 * marked. prom-client (15.1) can render it too, but renames the counters for good, so that the next scrape in the other format
 * would miss them.
 */
export function toOpenMetrics(text: string): string {
  const counters = new Set(Array.from(text.matchAll(COUNTER), ([, name]) => `${name}_total`));
  const lines = text.split('\n').filter((line) => line !== '');
  return `${lines.map((line) => withoutSuffix(line, counters)).join('\n')}\n# EOF\n`;
}

/** The line that describes a counter, with the counter's name; every other line unchanged. */
function withoutSuffix(line: string, counters: ReadonlySet<string>): string {
  if (!line.startsWith('# ')) return line;
  const [hash, keyword, name = '', ...rest] = line.split(' ');
  return counters.has(name) ? [hash, keyword, name.slice(0, -'_total'.length), ...rest].join(' ') : line;
}
