import { claimsOf, bearer, signToken } from '../support/tokens.js';
import { expectProblem } from '../support/problems.js';
import { SessionClient } from '../support/session-client.js';
import { startTestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();

const DETAILS = {
  status: 'healthy',
  redis: {
    connected: true,
    latency_ms: expect.any(Number),
    version: expect.stringMatching(/^\d+\.\d+/),
    used_memory_human: expect.stringMatching(/^[\d.]+[KMG]$/),
    connected_clients: expect.any(Number),
    uptime_in_seconds: expect.any(Number),
  },
  timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  version: expect.stringMatching(/^\d+\.\d+\.\d+/),
  uptime_seconds: expect.any(Number),
};

describe('GET /health', () => {
  it('returns the status alone without a token', async () => {
    expect((await api.http.get('/health').expect(200)).body).toEqual({ status: 'healthy' });
  });

  it('reports the state of the service and its Redis to the role ops', async () => {
    const { body } = await api.http.get('/health').set('Authorization', bearer('operator', 'ops')).expect(200);
    expect(body).toEqual({ ...DETAILS, timestamp: new Date(api.clock.now()).toISOString() });
  });

  it.each([
    ['of another role', () => bearer('user', 'catalog')],
    ['that has expired', () => `Bearer ${signToken(claimsOf('operator', { roles: ['ops'], exp: 1 }))}`],
    ['with a wrong signature', () => `${bearer('operator', 'ops').slice(0, -4)}AAAA`],
    ['that is none', () => 'Basic b3BzOm9wcw=='],
    [
      'of a session that has ended',
      () => `Bearer ${signToken(claimsOf('operator', { roles: ['ops'], sid: 'x'.repeat(43) }))}`,
    ],
  ])('returns the status alone to a token %s', async (_case, authorization) => {
    const { body } = await api.http.get('/health').set('Authorization', authorization()).expect(200);
    expect(body).toEqual({ status: 'healthy' });
  });

  it('reports details to the role ops while the session of its token is active', async () => {
    const sessions = new SessionClient(api.http, 'operator');
    const token = signToken(claimsOf('operator', { roles: ['ops'], sid: await sessions.open() }));
    const { body } = await api.http.get('/health').set('Authorization', `Bearer ${token}`).expect(200);
    expect(body).toEqual(DETAILS);
  });

  it('reports details to everyone with HEALTH_DETAILS=true', async () => {
    const open = await startTestApp(api.server, { HEALTH_DETAILS: 'true' });
    try {
      expect((await open.http.get('/health').expect(200)).body).toEqual(DETAILS);
    } finally {
      await open.close();
    }
  });
});

describe('GET /health/live', () => {
  it('responds without asking Redis', async () => {
    // Its result is used for a second.
    await api.http.get('/health/ready').expect(200);
    await api.redis.config('RESETSTAT');
    expect((await api.http.get('/health/live').expect(200)).body).toEqual({ status: 'alive' });
    expect(await api.redis.info('commandstats')).not.toMatch(/cmdstat_evalsha/);
  });
});

describe('GET /health/ready', () => {
  it('is ready while Redis responds', async () => {
    const { body } = await api.http.get('/health/ready').expect(200);
    expect(body).toEqual({ status: 'ready', checks: { redis: 'up', shutdown: 'up' } });
  });
});

describe('GET /redis/info', () => {
  it('returns the sections of INFO for the role ops', async () => {
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

  it('returns 403 for everyone else', async () => {
    expectProblem(await api.http.get('/redis/info').set('Authorization', bearer('user', 'catalog')), 'forbidden');
  });
});
