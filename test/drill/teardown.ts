/** What was started, to be stopped in the reverse order. */
export class Teardown {
  private readonly stops: (() => Promise<unknown>)[] = [];

  /** Notes how to stop what has just started, and returns it. */
  add<T extends { stop: () => Promise<unknown> }>(started: T): T {
    this.stops.push(async () => started.stop());
    return started;
  }

  /** Stops everything, even if something has ended already. */
  async run(): Promise<void> {
    for (const stop of this.stops.splice(0).reverse()) await stop().catch(() => undefined);
  }

  /** The result of a start; if it fails, stops what has started by then. */
  async unlessFailed<T>(start: () => Promise<T>): Promise<T> {
    try {
      return await start();
    } catch (error) {
      await this.run();
      throw error;
    }
  }
}
