import { generateSecret, exportJWK, SignJWT } from 'jose';
import { KeyProvider, providedClaims, providerKey, signWith } from '../support/key-provider.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import type { TestApp } from '../support/test-app.js';
import { claimsOf, signToken } from '../support/tokens.js';
import { useTestApps } from '../support/use-test-apps.js';

const start = useTestApps();

let provider: KeyProvider;
beforeAll(async () => {
  provider = await KeyProvider.start();
});
afterAll(async () => {
  await provider.stop();
});

const withKeys = async (environment: Record<string, string> = {}): Promise<TestApp> =>
  start({ JWT_JWKS_URL: provider.keysUrl, ...environment });
const count = ({ http }: TestApp, token: string) => http.get('/cart/count').set('Authorization', `Bearer ${token}`);

describe('a token of the identity provider', () => {
  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])(
    'is accepted if it is signed with %s and one of its keys',
    async (alg) => {
      const key = await providerKey(alg, alg);
      provider.keys = [(await providerKey('ES256', 'another')).publicJwk, key.publicJwk];
      const api = await withKeys();
      await count(api, await signWith(key, providedClaims('provided'))).expect(200);
    },
  );

  it('is accepted alongside tokens of this service', async () => {
    const key = await providerKey('ES256', 'beside');
    provider.keys = [key.publicJwk];
    const api = await withKeys();
    await count(api, await signWith(key, providedClaims('provided'))).expect(200);
    await count(api, signToken(claimsOf('own'))).expect(200);
  });

  it.each<[string, object, string]>([
    ['has expired', { exp: 1 }, 'token_expired'],
    ['is not valid yet', { nbf: Math.floor(Date.now() / 1000) + 600 }, 'invalid_token'],
    ['has another audience', { aud: 'another' }, 'invalid_token'],
    ['has another issuer', { iss: 'https://another.example' }, 'invalid_token'],
    ['names no user', { sub: undefined }, 'invalid_token'],
    ['has no expiry', { exp: undefined }, 'invalid_token'],
  ])('is rejected if it %s', async (_case, claims, code) => {
    const key = await providerKey('ES256', 'refused');
    provider.keys = [key.publicJwk];
    const api = await withKeys({ JWT_ISSUER: 'https://id.example', JWT_AUDIENCE: 'shop' });
    const good = { iss: 'https://id.example', aud: ['shop', 'others'] };
    await count(api, await signWith(key, providedClaims('user', good))).expect(200);
    const response = await count(api, await signWith(key, providedClaims('user', { ...good, ...claims })));
    expect(response.body.code).toBe(code);
    expect(response.status).toBe(401);
  });

  it('is rejected if it is signed with a different key of the same id', async () => {
    const key = await providerKey('ES256', 'same');
    provider.keys = [key.publicJwk];
    const api = await withKeys();
    await count(api, await signWith(key, providedClaims('user'))).expect(200);
    const forger = await providerKey('ES256', 'same');
    expectProblem(await count(api, await signWith(forger, providedClaims('user'))), 'invalid_token');
  });

  it('is rejected for an encryption key or a key of another algorithm', async () => {
    const [encryption, other] = [await providerKey('RS256', 'enc'), await providerKey('RS256', 'other')];
    provider.keys = [
      { ...encryption.publicJwk, use: 'enc' },
      { ...other.publicJwk, alg: 'PS256' },
    ];
    const api = await withKeys();
    for (const key of [encryption, other]) {
      expectProblem(await count(api, await signWith(key, providedClaims('user'))), 'invalid_token');
    }
  });

  it('is never verified with a symmetric key, even if the provider publishes one', async () => {
    const secret = await generateSecret('HS256', { extractable: true });
    const jwk = await exportJWK(secret);
    provider.keys = [{ ...jwk, kid: 'shown', alg: 'HS256' }];
    const api = await withKeys();
    const token = await new SignJWT({ ...claimsOf('forger') })
      .setProtectedHeader({ alg: 'HS256', kid: 'shown' })
      .sign(secret);
    expectProblem(await count(api, token), 'invalid_token');
  });
});

describe('keys of the identity provider', () => {
  it('are found through the issuer’s discovery document', async () => {
    const key = await providerKey('RS256', 'discovered');
    provider.keys = [key.publicJwk];
    const api = await start({ JWT_DISCOVERY: 'true', JWT_ISSUER: provider.issuer });
    await count(api, await signWith(key, providedClaims('user', { iss: provider.issuer }))).expect(200);
  });

  it('are not accepted from the discovery document of another issuer', async () => {
    const key = await providerKey('RS256', 'discovered');
    provider.keys = [key.publicJwk];
    const issuer = provider.issuer.replace('127.0.0.1', 'localhost');
    const api = await start({ JWT_DISCOVERY: 'true', JWT_ISSUER: issuer });
    const token = await signWith(key, providedClaims('user', { iss: issuer }));
    expectProblem(await count(api, token), 'identity_provider_unavailable');
  });

  it('are fetched again after a key change, without a restart', async () => {
    const [old, young] = [await providerKey('ES256', 'old'), await providerKey('ES256', 'young')];
    provider.keys = [old.publicJwk];
    const api = await withKeys();
    const used = await signWith(old, providedClaims('user'));
    await count(api, used).expect(200);
    provider.keys = [young.publicJwk];
    api.clock.advance(30);
    await count(api, await signWith(young, providedClaims('user'))).expect(200);
    expectProblem(await count(api, used), 'invalid_token');
  });

  it.each<[string, KeyProvider['instead']]>([
    ['an error', (response) => response.writeHead(500).end('{}')],
    ['invalid JSON', (response) => response.end('<html>')],
    ['JSON that is not a key set', (response) => response.end('{"keys":"none"}')],
    ['more than 64 KiB', (response) => response.end(`{"keys":[],"padding":"${'x'.repeat(70_000)}"}`)],
    ['a redirect', (response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end()],
    ['nothing', () => undefined],
  ])(
    'are unavailable after a response with %s: 503, and this service’s own tokens stay valid',
    async (_case, instead) => {
      provider.instead = instead;
      const api = await withKeys();
      const key = await providerKey('ES256', 'unknown');
      const response = await count(api, await signWith(key, providedClaims('user')));
      expectProblem(response, 'identity_provider_unavailable');
      expect(response.headers['retry-after']).toMatch(/^[1-5]$/);
      await count(api, signToken(claimsOf('own'))).expect(200);
      provider.instead = undefined;
    },
  );

  it('stay in use while it is unavailable', async () => {
    const key = await providerKey('ES256', 'kept');
    provider.keys = [key.publicJwk];
    const api = await withKeys();
    await count(api, await signWith(key, providedClaims('user'))).expect(200);
    await provider.stop();
    api.clock.advance(3600);
    await count(api, await signWith(key, providedClaims('user'))).expect(200);
    const unknown = await providerKey('ES256', 'unknown');
    expectProblem(await count(api, await signWith(unknown, providedClaims('user'))), 'invalid_token');
    await provider.listen();
  });

  it('are not fetched for a flood of tokens with made-up key ids', async () => {
    const key = await providerKey('ES256', 'calm');
    provider.keys = [key.publicJwk];
    const api = await withKeys();
    await count(api, await signWith(key, providedClaims('user'))).expect(200);
    const before = provider.asked.length;
    const tokens = await Promise.all(
      Array.from({ length: 200 }, async (_, index) =>
        signWith(key, providedClaims('user'), { kid: `made-up-${index}` }),
      ),
    );
    const answers = await Promise.all(tokens.map((token) => count(api, token)));
    for (const answer of answers) expectProblem(answer, 'invalid_token');
    expect(provider.asked.length).toBe(before);
  });
});

describe('a service without its own secret', () => {
  const PRODUCTION = { NODE_ENV: 'production', JWT_SECRET: '', AUTH_DEV_TOKENS: '' };

  it('accepts only the provider’s tokens, and issues none to guests', async () => {
    const key = await providerKey('ES256', 'only');
    provider.keys = [key.publicJwk];
    const api = await withKeys(PRODUCTION);
    await count(api, await signWith(key, providedClaims('user'))).expect(200);
    expectProblem(await count(api, signToken(claimsOf('user'))), 'invalid_token');
    expectProblem(await count(api, signToken(claimsOf('user'), {}, '')), 'invalid_token');
    expectProblem(await api.http.post('/auth/guest'), 'not_found');
  });

  it('cannot bind a token to a session', async () => {
    const key = await providerKey('ES256', 'binder');
    provider.keys = [key.publicJwk];
    const api = await withKeys(PRODUCTION);
    const token = await signWith(key, providedClaims('user'));
    const create = api.http.post('/session/create').set('Authorization', `Bearer ${token}`);
    expect(fieldsOf(await create.send({ bind: true }))).toEqual(['bind']);
  });
});
