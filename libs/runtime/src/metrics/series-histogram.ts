import { Histogram, type Registry } from 'prom-client';
import { HistogramSeries } from './histogram-series.js';
import { LabelTree, type LabelValue } from './label-tree.js';

interface Configuration<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
  /** The upper bounds of the buckets, in rising order. */
  readonly buckets: readonly number[];
  /** The default registry unless set. */
  readonly registers?: readonly Registry[];
}

/** What prom-client renders as one line. */
interface Sample {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, LabelValue>>;
  readonly sharedLabels: Readonly<Record<string, LabelValue>>;
  readonly value: number;
}

/**
 * A histogram for what happens in every request. It finds series and buckets by itself, because prom-client finds both by texts,
 * and leaves the rest to prom-client.
 */
export class SeriesHistogram<Label extends string> extends Histogram<Label> {
  private readonly tree: LabelTree<HistogramSeries>;

  constructor(private readonly configuration: Configuration<Label>) {
    const { buckets, registers, ...rest } = configuration;
    super({ ...rest, buckets: [...buckets], ...(registers && { registers: [...registers] }) });
    this.tree = new LabelTree(configuration.labelNames, () => new HistogramSeries(buckets));
  }

  /** @param values of all labels, in the order of their names. */
  series(...values: readonly LabelValue[]): HistogramSeries {
    return this.tree.find(values);
  }

  /** Called by prom-client's registry for a scrape, and by its own `get`. */
  async getForPromString(): Promise<object> {
    const { name, help } = this.configuration;
    const values = this.tree.all.flatMap(([labels, series]) => this.samplesOf(labels, series));
    return Promise.resolve({ name, help, type: 'histogram', aggregator: 'sum', values });
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
