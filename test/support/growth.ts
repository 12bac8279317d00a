import { eventually } from './eventually.js';
import { Scrape } from './scrape.js';

type Labels = Readonly<Record<string, string>>;

/**
 * Measures how much a metric of an instance grows during some work.
 * @returns a function that measures it. It waits for what is counted only after the response, and throws if the metric does not grow.
 */
export function growthOf(api: { readonly url: string }) {
  return async (name: string, labels: Labels, work: () => unknown): Promise<number> => {
    const value = async (): Promise<number> => (await Scrape.of(api.url)).valueOf(name, labels);
    const before = await value();
    await work();
    return eventually(
      async () => (await value()) - before,
      (growth) => growth > 0,
    );
  };
}
