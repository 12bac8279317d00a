/** A family of a scrape: what `# HELP` and `# TYPE` say. */
export interface MetricFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
}

/** What `/metrics` returned, in Prometheus text 0.0.4. */
export class Scrape {
  /** By their text, such as `requests_total{route="/cart"}`. */
  readonly series: ReadonlyMap<string, number>;
  readonly families: readonly MetricFamily[];

  constructor(text: string) {
    const lines = text.split('\n').filter((line) => line !== '');
    const samples = lines.filter((line) => !line.startsWith('#')).map((line) => /^(.+) (\S+)$/.exec(line) ?? []);
    this.series = new Map(samples.map(([, series = '', value]) => [series, Number(value)]));
    this.families = lines.flatMap((line) => {
      const [, name = '', help = ''] = /^# HELP (\S+) (.+)$/.exec(line) ?? [];
      const type = lines.find((other) => other.startsWith(`# TYPE ${name} `))?.split(' ')[3] ?? '';
      return name === '' ? [] : [{ name, type, help }];
    });
  }

  /** @param authorization of the scrape; without one, `/metrics` must be open. */
  static async of(url: string, authorization?: string): Promise<Scrape> {
    const response = await fetch(`${url}/metrics`, authorization === undefined ? {} : { headers: { authorization } });
    if (response.status !== 200) throw new Error(`A scrape got ${response.status}.`);
    return new Scrape(await response.text());
  }

  /** The sum of the series of a name that have these labels. */
  valueOf(name: string, labels: Readonly<Record<string, string>> = {}): number {
    const wanted = Object.entries(labels);
    const isWanted = (series: string): boolean =>
      nameIn(series) === name && wanted.every(([label, value]) => labelsIn(series).get(label) === value);
    return Array.from(this.series).reduce((sum, [series, value]) => (isWanted(series) ? sum + value : sum), 0);
  }
}

/** The name of a series, which is that of its metric or, for a histogram, `<metric>_bucket`, `_sum` or `_count`. */
export function nameIn(series: string): string {
  return /^[^{]*/.exec(series)?.[0] ?? '';
}

/** The labels of a series with their values. */
export function labelsIn(series: string): ReadonlyMap<string, string> {
  const pairs = series.matchAll(/[{,](\w+)="((?:[^"\\]|\\.)*)"/g);
  return new Map(Array.from(pairs, ([, label = '', value = '']) => [label, value]));
}
