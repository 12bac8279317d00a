import { failOver } from '../support/cluster-failovers.js';
import { ClusterRedis } from '../support/cluster-redis.js';
import { measured } from '../support/measured.js';
import { startService, type RunningService } from '../support/running-service.js';
import { expectSoundCluster } from '../support/sound-data.js';

let redis: ClusterRedis;
let service: RunningService;
beforeAll(async () => {
  redis = await ClusterRedis.start({ primaries: 3, replicas: true });
  service = await startService(redis.url, { REDIS_MODE: 'cluster', REDIS_WAIT_REPLICAS: '1' });
});
afterAll(async () => {
  await service.process.end('SIGTERM');
  await expectSoundCluster(redis);
  await redis.stop();
});

it('with REDIS_WAIT_REPLICAS, killing a primary under load loses no acknowledged write and counts none twice', async () => {
  const outcome = await failOver(redis, service.url, { clients: 50, failovers: 1, how: 'kill', waits: true });
  measured('cluster-failover, REDIS_WAIT_REPLICAS=1', { ...outcome });
  expect(outcome).toMatchObject({ lost: 0, doubled: 0, unexpected: 0 });
});
