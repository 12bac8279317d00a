import { ApiContract } from '../support/api-contract.js';
import { startTestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';
import { FuzzReport } from './fuzz-report.js';
import type { FuzzOptions } from './options.js';
import { redisFaults } from './redis/redis-check.js';
import { Waves } from './waves.js';
import { Wire } from './wire/wire.js';

/** Enables accounts, so that every operation is in the document. The rate limits count requests but never reject one. */
const ENVIRONMENT = {
  AUTH_ACCOUNTS: 'true',
  RATE_LIMIT_MAX: '1000000000',
  RATE_LIMIT_ADDRESS_MAX: '1000000000',
};

/** In a run of this many requests, every operation should succeed at least once. */
const ENOUGH_FOR_ALL = 10_000;

/** Sends the requests of a seed to a service with its own Redis, and checks every response and finally the data in Redis. */
export async function fuzz({ seed, requests }: FuzzOptions): Promise<FuzzReport> {
  const report = new FuzzReport(seed, requests);
  const redis = await TestRedis.start();
  const api = await startTestApp(redis, ENVIRONMENT);
  const wire = new Wire(new URL(api.url));
  try {
    const { body } = await api.http.get('/docs-json').expect(200);
    const waves = new Waves(wire, new ApiContract(body), report);
    while (report.sent < requests) {
      await waves.send(seed + report.sent, requests - report.sent);
      api.clock.advance(1);
    }
    report.addOthers(await redisFaults(redis.client));
    if (requests >= ENOUGH_FOR_ALL) report.addOthers(waves.neverCarriedOut.map((name) => `${name} never succeeded`));
  } finally {
    wire.close();
    await api.close();
    await redis.stop();
  }
  return report;
}
