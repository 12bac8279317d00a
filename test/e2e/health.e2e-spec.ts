import { bearer } from '../support/tokens.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();

describe('GET /health', () => {
  it('tells how the service and its Redis are', async () => {
    const { body } = await api.http.get('/health').expect(200);
    expect(body).toEqual({
      status: 'healthy',
      redis: {
        connected: true,
        latency_ms: expect.any(Number),
        version: expect.stringMatching(/^\d+\.\d+/),
        used_memory_human: expect.stringMatching(/^[\d.]+[KMG]$/),
        connected_clients: expect.any(Number),
        uptime_in_seconds: expect.any(Number),
      },
      timestamp: new Date(api.clock.now()).toISOString(),
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      uptime_seconds: expect.any(Number),
    });
  });
});

describe('GET /health/live', () => {
  it('answers without asking Redis', async () => {
    // Its result is used for a second.
    await api.http.get('/health/ready').expect(200);
    await api.redis.config('RESETSTAT');
    expect((await api.http.get('/health/live').expect(200)).body).toEqual({ status: 'alive' });
    expect(await api.redis.info('commandstats')).not.toMatch(/cmdstat_evalsha/);
  });
});

describe('GET /health/ready', () => {
  it('is ready while Redis answers', async () => {
    const { body } = await api.http.get('/health/ready').expect(200);
    expect(body).toEqual({ status: 'ready', checks: { redis: 'up', shutdown: 'up' } });
  });
});

describe('GET /redis/info', () => {
  it('answers the sections of INFO to the role ops', async () => {
    await api.redis.set('some-key', 'x');
    const { body } = await api.http.get('/redis/info').set('Authorization', bearer('operator', 'ops')).expect(200);
    expect(Object.keys(body)).toEqual(['server', 'memory', 'clients', 'stats', 'keyspace']);
    expect(body).toMatchObject({
      server: { redis_mode: expect.stringMatching(/^(standalone|cluster)$/) },
      memory: { used_memory: expect.any(Number) },
      clients: { connected_clients: expect.any(Number) },
      stats: { total_commands_processed: expect.any(Number) },
      keyspace: { db0: { keys: expect.any(Number), expires: expect.any(Number), avg_ttl: expect.any(Number) } },
    });
  });

  it('answers 403 to everyone else', async () => {
    expectProblem(await api.http.get('/redis/info').set('Authorization', bearer('user', 'catalog')), 'forbidden');
  });
});
