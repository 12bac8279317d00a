import { Histogram, type Registry } from 'prom-client';
import { HistogramSeries } from './histogram-series.js';

type LabelValue = string | number;

interface Configuration<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
  /** The upper bounds of the buckets, in rising order. */
  readonly buckets: readonly number[];
  /** The default registry unless set. */
  readonly registers?: readonly Registry[];
}

/** A place in the tree of label values, which has a level for each label. */
interface Place {
  readonly next: Map<LabelValue, Place>;
  series?: HistogramSeries;
}

/** What prom-client renders as one line. */
interface Sample {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, LabelValue>>;
  readonly sharedLabels: Readonly<Record<string, LabelValue>>;
  readonly value: number;
}

/**
 * A histogram for what happens in every request. prom-client (15.1) finds a series by a text that it builds of all labels, and a
 * bucket by the text of its bound, which costs ten times as much. This one finds them in a tree and an array, and leaves the rest
 * to prom-client.
 */
export class SeriesHistogram<Label extends string> extends Histogram<Label> {
  private readonly root: Place = { next: new Map() };
  private readonly all: (readonly [labels: Readonly<Record<string, LabelValue>>, series: HistogramSeries])[] = [];

  constructor(private readonly configuration: Configuration<Label>) {
    const { buckets, registers, ...rest } = configuration;
    super({ ...rest, buckets: [...buckets], ...(registers && { registers: [...registers] }) });
  }

  /** @param values of all labels, in the order of their names. */
  series(...values: readonly LabelValue[]): HistogramSeries {
    let place = this.root;
    for (const value of values) {
      let next = place.next.get(value);
      if (next === undefined) place.next.set(value, (next = { next: new Map() }));
      place = next;
    }
    return (place.series ??= this.add(values));
  }

  /** Called by prom-client's registry for a scrape, and by its own `get`. */
  async getForPromString(): Promise<object> {
    const { name, help } = this.configuration;
    const values = this.all.flatMap(([labels, series]) => this.samplesOf(labels, series));
    return Promise.resolve({ name, help, type: 'histogram', aggregator: 'sum', values });
  }

  private add(values: readonly LabelValue[]): HistogramSeries {
    const { labelNames, buckets } = this.configuration;
    const series = new HistogramSeries(buckets);
    this.all.push([Object.fromEntries(labelNames.map((label, index) => [label, values[index] ?? ''])), series]);
    return series;
  }

  private samplesOf(sharedLabels: Sample['sharedLabels'], series: HistogramSeries): Sample[] {
    const { name, buckets } = this.configuration;
    const counts = series.cumulated();
    const inBuckets = [...buckets, '+Inf'].map((le, bucket) => ({
      metricName: `${name}_bucket`,
      labels: { le },
      sharedLabels,
      value: counts[bucket] ?? 0,
    }));
    return [
      ...inBuckets,
      { metricName: `${name}_sum`, labels: {}, sharedLabels, value: series.sum },
      { metricName: `${name}_count`, labels: {}, sharedLabels, value: counts.at(-1) ?? 0 },
    ];
  }
}
