import { eventually } from '../support/eventually.js';
import { itOnOneServer } from '../support/on-one-server.js';
import { Scrape } from '../support/scrape.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();

async function untilScraped(up: number): Promise<Scrape> {
  return eventually(
    async () => Scrape.of(api.url),
    (scrape) => scrape.series.get('cartwright_redis_up') === up,
  );
}

describe('cartwright_redis_up, without any probe', () => {
  it('is 1 while Redis takes writes', async () => {
    expect((await Scrape.of(api.url)).series.get('cartwright_redis_up')).toBe(1);
  });

  itOnOneServer(
    'a part may still take writes',
    'is 0 while Redis rejects writes, although the connection is ready',
    async () => {
      await api.redis.config('SET', 'min-replicas-to-write', '1');
      try {
        const scrape = await untilScraped(0);
        expect(scrape.valueOf('cartwright_redis_connections', { connection: 'shared' })).toBeGreaterThan(0);
      } finally {
        await api.redis.config('SET', 'min-replicas-to-write', '0');
      }
      await untilScraped(1);
    },
  );

  it('is 0 while Redis hangs, and does not make the scrape hang', async () => {
    await api.server.freeze();
    const startedAt = performance.now();
    await untilScraped(0).finally(async () => api.server.thaw());
    expect(performance.now() - startedAt).toBeLessThan(2000);
    await untilScraped(1);
  });
});
