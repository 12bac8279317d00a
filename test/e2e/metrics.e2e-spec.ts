import { MetricsServer } from '#runtime';
import { Scrape } from '../support/scrape.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const TOKEN = 'the-token-of-the-scraper-of-32-bytes';
const PRODUCTION = { NODE_ENV: 'production', AUTH_DEV_TOKENS: 'false' };

/** The header that Prometheus 2 and 3 send. */
const PROMETHEUS =
  'application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2';

/** With its whole body: an instance cannot close while it still sends one. */
async function scrape(url: string, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(`${url}/metrics`, { headers });
  return new Response(await response.text(), response);
}

/** Runs with an instance that has these settings. */
async function withApp(environment: Record<string, string>, run: (other: TestApp) => Promise<void>): Promise<void> {
  const other = await startTestApp(api.server, environment);
  try {
    await run(other);
  } finally {
    await other.close();
  }
}

/** The address of the port that only serves metrics. */
const ownPort = ({ app }: TestApp): string => `http://127.0.0.1:${app.get(MetricsServer).port}`;

describe('the text of /metrics', () => {
  it('is Prometheus text 0.0.4 by default', async () => {
    const response = await scrape(api.url);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await response.text()).toContain('# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total ');
  });

  it('is OpenMetrics 1.0 for a client that accepts it, again and again', async () => {
    for (let round = 0; round < 2; round += 1) {
      const response = await scrape(api.url, { accept: PROMETHEUS });
      expect(response.headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
      const text = await response.text();
      expect(text).toContain('# TYPE process_cpu_seconds counter\nprocess_cpu_seconds_total ');
      expect(text).toMatch(/[^\n]\n# EOF\n$/);
      expect(text).not.toContain('\n\n');
      expect(await (await scrape(api.url)).text()).toContain('\nprocess_cpu_seconds_total ');
    }
  });

  it('is never stored by caches', async () => {
    expect((await scrape(api.url)).headers.get('cache-control')).toBe('no-store');
  });
});

describe('/metrics', () => {
  it('does not exist in production unless a token or a port is set', async () => {
    await withApp(PRODUCTION, async ({ url }) => {
      const response = await scrape(url);
      expect(await response.json()).toMatchObject({ status: 404, code: 'not_found' });
    });
  });

  it('with METRICS_TOKEN is served only for that token', async () => {
    await withApp({ ...PRODUCTION, METRICS_TOKEN: TOKEN }, async ({ url }) => {
      expect((await scrape(url, { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
      const without = await scrape(url);
      expect(without.headers.get('www-authenticate')).toBe('Bearer');
      expect(await without.json()).toMatchObject({ status: 401, code: 'missing_token' });
      const wrong = await scrape(url, { authorization: `Bearer ${TOKEN}x` });
      expect(await wrong.json()).toMatchObject({ status: 401, code: 'invalid_token' });
    });
  });

  it('with METRICS_PORT is served by that port, and not by the port of the service', async () => {
    await withApp({ ...PRODUCTION, METRICS_PORT: '0' }, async (other) => {
      expect((await scrape(other.url)).status).toBe(404);
      const response = await scrape(ownPort(other), { accept: PROMETHEUS });
      expect(response.headers.get('content-type')).toContain('application/openmetrics-text');
      expect(await response.text()).toContain('http_server_request_duration_seconds_bucket');
      expect((await fetch(`${ownPort(other)}/health`)).status).toBe(404);
      expect((await fetch(`${ownPort(other)}/metrics`, { method: 'POST' })).status).toBe(404);
      const head = await fetch(`${ownPort(other)}/metrics`, { method: 'HEAD' });
      expect(Number(head.headers.get('content-length'))).toBeGreaterThan(1000);
    });
  });

  it('with both needs the token at that port', async () => {
    await withApp({ METRICS_PORT: '0', METRICS_TOKEN: TOKEN }, async (other) => {
      expect((await scrape(ownPort(other))).status).toBe(401);
      expect((await Scrape.of(ownPort(other), `Bearer ${TOKEN}`)).families.length).toBeGreaterThan(50);
    });
  });
});
