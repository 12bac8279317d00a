import { setTimeout as delay } from 'node:timers/promises';
import { failOver, type Failovers } from '../../support/cluster-failovers.js';
import { ClusterRedis } from '../../support/cluster-redis.js';
import { KeyedWriters } from '../../support/keyed-writers.js';
import { measured } from '../../support/measured.js';
import { startService, type RunningService } from '../../support/running-service.js';
import { expectSoundCluster } from '../../support/sound-data.js';

jest.setTimeout(600_000);

const CLIENTS = 200;
/** Counted from the election of a new primary. The cluster itself takes its node timeout and an election of about a second. */
const MOST_BACK_MS = 1000;
/** `FAILOVERS=10` on a fast machine gives the 50,000 writes of docs/reliability.md. */
const FAILOVERS = Number(process.env.FAILOVERS ?? 5);

async function broken(environment: NodeJS.ProcessEnv, how: Failovers['how'], failovers: number) {
  const redis = await ClusterRedis.start({ primaries: 3, replicas: true });
  const service = await startService(redis.url, { REDIS_MODE: 'cluster', ...environment });
  try {
    const outcome = await failOver(redis, service.url, {
      clients: CLIENTS,
      failovers,
      how,
      waits: 'REDIS_WAIT_REPLICAS' in environment,
    });
    measured(`cluster-failover-long, ${how}, ${JSON.stringify(environment)}`, outcome);
    await expectSoundCluster(redis);
    return outcome;
  } finally {
    await service.process.end('SIGTERM');
    await redis.stop();
  }
}

it('with REDIS_WAIT_REPLICAS, successive failovers lose no acknowledged write', async () => {
  const outcome = await broken({ REDIS_WAIT_REPLICAS: '1' }, 'kill', FAILOVERS);
  expect(outcome).toMatchObject({ lost: 0, doubled: 0, unexpected: 0 });
});

it('without REDIS_WAIT_REPLICAS nothing counts twice; losses are measured', async () => {
  const outcome = await broken({}, 'kill', 3);
  expect(outcome).toMatchObject({ doubled: 0, unexpected: 0 });
  expect(outcome['slowest back after that ms']).toBeLessThan(MOST_BACK_MS);
});

it('leaves a primary that goes silent without closing connections just as fast', async () => {
  const outcome = await broken({}, 'silence', 2);
  expect(outcome).toMatchObject({ doubled: 0, unexpected: 0 });
  expect(outcome['slowest back after that ms']).toBeLessThan(MOST_BACK_MS);
});

it('measures the cost of waiting for replicas', async () => {
  const redis = await ClusterRedis.start({ primaries: 3, replicas: true });
  const services = new Map<string, RunningService>();
  for (const replicas of ['0', '1']) {
    services.set(replicas, await startService(redis.url, { REDIS_MODE: 'cluster', REDIS_WAIT_REPLICAS: replicas }));
  }
  // Alternately, because the first one would pay for warming up.
  const adds: Record<string, number[]> = {};
  for (let round = 0; round < 4; round += 1) {
    for (const [replicas, { url }] of services) {
      for (const clients of [1, 50]) {
        const users = Array.from({ length: clients }, (_, index) => `cost-${replicas}-${clients}-${round}-${index}`);
        const writers = new KeyedWriters(url, users);
        await delay(1500);
        await writers.stop();
        expect(writers.unavailable).toBe(0);
        if (round > 0)
          (adds[`${clients} clients, REDIS_WAIT_REPLICAS=${replicas}`] ??= []).push(writers.acknowledged / 1.5);
      }
    }
  }
  measured(
    'cluster-failover-long, adds per second',
    Object.fromEntries(Object.entries(adds).map(([name, rates]) => [name, rates.map(Math.round).join(' ')])),
  );
  for (const { process } of services.values()) await process.end('SIGTERM');
  await redis.stop();
});
