import { startTestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ CORS_ORIGINS: 'https://shop.example, https://admin.example' });

const preflight = (http: typeof api.http, origin: string) =>
  http
    .options('/cart/add')
    .set('Origin', origin)
    .set('Access-Control-Request-Method', 'POST')
    .set('Access-Control-Request-Headers', 'authorization,content-type');

describe('CORS', () => {
  it.each(['https://shop.example', 'https://admin.example'])(
    'allows scripts of %s to call the API and read responses',
    async (origin) => {
      const { headers } = await preflight(api.http, origin).expect(204);
      expect(headers).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-allow-headers': 'authorization,content-type',
      });
      const answer = await api.http.get('/health/live').set('Origin', origin);
      expect(answer.headers['access-control-expose-headers']).toContain('X-RateLimit-Remaining');
    },
  );

  it('allows no other origin', async () => {
    const { headers } = await preflight(api.http, 'https://evil.example');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('is off if no origin is configured', async () => {
    const closed = await startTestApp(api.server);
    const { headers } = await preflight(closed.http, 'https://shop.example');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    await closed.close();
  });
});
