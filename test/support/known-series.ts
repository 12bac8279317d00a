import { labelsIn, nameIn, type Scrape } from './scrape.js';

/** Which series exist, the labels that those of a name have, and the values of each label. */
export class KnownSeries {
  private readonly known = new Map<string, Map<string, Set<string>>>();

  get names(): readonly string[] {
    return Array.from(this.known.keys());
  }

  /** Adds what a scrape has. The series of a histogram are those of its samples, such as `requests_seconds_bucket`. */
  addScrape({ series }: Scrape): void {
    for (const text of series.keys()) {
      this.add(nameIn(text), Object.fromEntries(Array.from(labelsIn(text), ([label, value]) => [label, [value]])));
    }
  }

  /** @param labels the values of each label. */
  add(name: string, labels: Readonly<Record<string, readonly string[]>> = {}): void {
    const own = this.known.get(name) ?? new Map<string, Set<string>>();
    this.known.set(name, own);
    for (const [label, values] of Object.entries(labels)) {
      own.set(label, new Set([...(own.get(label) ?? []), ...values]));
    }
  }

  labelsOf(name: string): readonly string[] {
    return Array.from(this.known.get(name)?.keys() ?? []);
  }

  valuesOf(name: string, label: string): readonly string[] {
    return Array.from(this.known.get(name)?.get(label) ?? []);
  }
}
