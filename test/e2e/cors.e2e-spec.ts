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
  it.each(['https://shop.example', 'https://admin.example'])('lets scripts of %s call and read', async (origin) => {
    const { headers } = await preflight(api.http, origin).expect(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-headers': 'authorization,content-type',
    });
    const answer = await api.http.get('/health/live').set('Origin', origin);
    expect(answer.headers['access-control-expose-headers']).toContain('X-RateLimit-Remaining');
  });

  it('lets no other origin', async () => {
    const { headers } = await preflight(api.http, 'https://evil.example');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('is off where no origin is named', async () => {
    const closed = await startTestApp(api.server);
    const { headers } = await preflight(closed.http, 'https://shop.example');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    await closed.close();
  });
});
