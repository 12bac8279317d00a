import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { eventually } from '../support/eventually.js';
import type { Shape } from '../support/redis-shape.js';
import { Scrape } from '../support/scrape.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { renewServerCertificate } from '../support/test-certificates.js';
import { TestRedis } from '../support/test-redis.js';

const METRIC = 'cartwright_redis_certificate_not_after_timestamp_seconds';

let redis: TestRedis;
let api: TestApp;
const start = async (shape: Shape): Promise<void> => {
  redis = await TestRedis.start('', shape);
  api = await startTestApp(redis);
};
afterEach(async () => {
  await api.close();
  await redis.stop();
});

const file = (variable: string): string => redis.environment[variable] ?? '';
const expiryOf = (path: string): number => Date.parse(new X509Certificate(readFileSync(path)).validTo) / 1000;
const folder = (): string => dirname(file('REDIS_TLS_CA_FILE'));

/** Seconds since 1970; 0 if there is no such series. */
const shown = async (certificate: string): Promise<number> =>
  (await Scrape.of(api.url)).valueOf(METRIC, { certificate });

it.each<Shape>(['tls', 'sentinel-tls', 'cluster-tls'])(
  '%s: metrics show when both certificates expire',
  async (shape) => {
    await start(shape);
    expect(await shown('server')).toBe(expiryOf(`${folder()}/server.crt`));
    expect(await shown('client')).toBe(expiryOf(file('REDIS_TLS_CERT_FILE')));
  },
);

it('a renewed certificate is shown once all connections have been made again', async () => {
  await start('tls');
  const renewed = await renewServerCertificate(folder(), 3);
  await redis.client.call('CONFIG', 'SET', 'tls-cert-file', renewed);
  expect(await shown('server')).toBe(expiryOf(`${folder()}/server.crt`));
  await redis.client.call('CLIENT', 'KILL', 'SKIPME', 'yes');
  await eventually(
    async () => shown('server'),
    (expiry) => expiry === expiryOf(renewed),
  );
});

it('the expiry is still shown while Redis is away', async () => {
  await start('tls');
  await redis.crash();
  await api.http.get('/health/ready').expect(503);
  expect(await shown('server')).toBe(expiryOf(`${folder()}/server.crt`));
});
