import { Counter, type Registry } from 'prom-client';
import { LabelTree, type LabelValue } from './label-tree.js';

interface Configuration {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  /** The default registry unless set. */
  readonly registers?: readonly Registry[];
}

/** The count for one combination of label values. */
export class CounterSeries {
  value = 0;

  /** @param amount not negative. */
  add(amount = 1): void {
    this.value += amount;
  }
}

/**
 * A counter for what happens in every request: `SeriesHistogram` explains why it is not prom-client's own. Only what
 * is added to its series is counted.
 */
export class SeriesCounter extends Counter {
  private readonly tree: LabelTree<CounterSeries>;

  constructor({ registers, labelNames, ...rest }: Configuration) {
    super({ ...rest, labelNames: [...labelNames], ...(registers && { registers: [...registers] }) });
    this.tree = new LabelTree(labelNames, () => new CounterSeries());
  }

  /** @param values of all labels, in the order of their names. */
  series(...values: readonly LabelValue[]): CounterSeries {
    return this.tree.find(values);
  }

  /** Called by prom-client's registry for a scrape. */
  override async get(): ReturnType<Counter['get']> {
    const values = this.tree.all.map(([labels, { value }]) => ({ labels, value }));
    return { ...(await super.get()), values };
  }
}
