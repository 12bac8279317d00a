import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { expectProblem } from '../support/problems.js';
import { ROOT } from '../support/root.js';
import { ServiceProcess } from '../support/service-process.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';

/** A real OpenID provider, oidc-provider, in a process of its own. */
let redis: TestRedis;
let api: TestApp;
let issuer: string;
let provider: ServiceProcess | undefined;

const AUDIENCE = 'https://shop.example';

async function privateKey(alg: string, kid: string): Promise<JWK> {
  const pair = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(pair.privateKey)), kid, alg, use: 'sig' };
}

/** Starts the provider anew; its first key signs. It also has one for RS256, without which it refuses its clients. */
async function startProvider(...keys: JWK[]): Promise<void> {
  await provider?.end('SIGTERM');
  const all = [...keys, await privateKey('RS256', `clients-${keys[0]?.kid ?? ''}`)];
  const environment = { ISSUER: issuer, JWKS: JSON.stringify({ keys: all }) };
  const program = join(ROOT, 'test/support/openid-provider.mjs');
  provider = ServiceProcess.run(process.execPath, [program], environment);
  await provider.printed(/Listening/);
}

/** A token as a client of the provider gets it. */
async function newToken(): Promise<string> {
  const credentials = Buffer.from(`shopper:${encodeURIComponent('a secret for tests only')}`).toString('base64');
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: AUDIENCE, scope: 'ops' }),
  });
  const { access_token }: { access_token: string } = JSON.parse(await response.text());
  return access_token;
}

const info = (token: string) => api.http.get('/redis/info').set('Authorization', `Bearer ${token}`);

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return address.port;
}

beforeAll(async () => {
  redis = await TestRedis.start();
  issuer = `http://127.0.0.1:${await freePort()}`;
  api = await startTestApp(redis, { JWT_DISCOVERY: 'true', JWT_ISSUER: issuer, JWT_AUDIENCE: AUDIENCE });
});
afterAll(async () => {
  await api.close();
  await provider?.end('SIGTERM');
  await redis.stop();
});

describe('an OpenID provider found by discovery', () => {
  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])(
    'has its tokens accepted if signed with %s, with scopes as roles',
    async (alg) => {
      await startProvider(await privateKey(alg, `of-${alg}`));
      // Keys that were got before are asked for anew for a key that is not among them, each 30 s at most.
      api.clock.advance(30);
      await info(await newToken()).expect(200);
    },
  );

  it('can change its keys, be unavailable and come back', async () => {
    const [old, young] = [await privateKey('ES256', 'old'), await privateKey('ES256', 'young')];
    await startProvider(old, young);
    api.clock.advance(30);
    const token = await newToken();
    await info(token).expect(200);

    await provider?.end('SIGTERM');
    await info(token).expect(200);

    await startProvider(young, old);
    await info(await newToken()).expect(200);
    await info(token).expect(200);
  });

  it('has tokens rejected if they are signed with another key of the same id', async () => {
    await startProvider(await privateKey('ES256', 'own'));
    api.clock.advance(30);
    const token = await newToken();
    await info(token).expect(200);
    await startProvider(await privateKey('ES256', 'own'));
    expectProblem(await info(await newToken()), 'invalid_token');
  });
});
