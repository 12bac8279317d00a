import { register } from 'prom-client';

/** The present value of a metric of this process: the sum of its series with these labels. */
export async function metricValue(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
  const metric = register.getSingleMetric(name);
  if (metric === undefined) throw new Error(`There is no metric ${name}.`);
  const { values } = await metric.get();
  const wanted = Object.entries(labels);
  return values
    .filter((series) =>
      wanted.every(([label, value]) =>
        Object.entries(series.labels).some(([name, own]) => name === label && String(own) === value),
      ),
    )
    .reduce((sum, { value }) => sum + value, 0);
}
