import { createPublicKey } from 'node:crypto';
import { exportSPKI, importJWK } from 'jose';
import { KeyProvider, providerKey, signWith, type ProviderKey } from '../support/key-provider.js';
import { expectProblem } from '../support/problems.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { TestRedis } from '../support/test-redis.js';
import { base64url, claimsOf, signParts, signPayload, signToken, type TokenPart } from '../support/tokens.js';

/** A service that takes its own tokens (HS256) and those of a provider with an RSA and an EC key. */
let redis: TestRedis;
let provider: KeyProvider;
let api: TestApp;
let rsa: ProviderKey;
let ec: ProviderKey;
/** Keys of an untrusted issuer, at an address that a token may name. */
let attacker: KeyProvider;
let forger: ProviderKey;

beforeAll(async () => {
  redis = await TestRedis.start();
  provider = await KeyProvider.start();
  attacker = await KeyProvider.start();
  rsa = await providerKey('RS256', 'rsa');
  ec = await providerKey('ES256', 'ec');
  forger = await providerKey('RS256', 'forger');
  provider.keys = [rsa.publicJwk, ec.publicJwk];
  attacker.keys = [forger.publicJwk];
  api = await startTestApp(redis, { JWT_JWKS_URL: provider.keysUrl });
});
afterAll(async () => {
  await api.close();
  await provider.stop();
  await attacker.stop();
  await redis.stop();
});

const count = (token: string) => api.http.get('/cart/count').set('Authorization', `Bearer ${token}`);
const seconds = (): number => Math.floor(api.clock.now() / 1000);
const join = (header: unknown, payload: unknown, signature = 'c2ln'): string =>
  `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(payload))}.${signature}`;

async function expectRefused(token: string): Promise<void> {
  const response = await count(token);
  expectProblem(response, 'invalid_token');
  expect(response.headers['www-authenticate']).toBe('Bearer');
}

it('valid tokens are accepted, so the rejections below have the reason they name', async () => {
  await count(signToken(claimsOf('own'))).expect(200);
  await count(await signWith(rsa, claimsOf('rsa'))).expect(200);
  await count(await signWith(ec, claimsOf('ec'))).expect(200);
});

describe('a token without a signature', () => {
  it.each(['none', 'None', 'NONE', 'nOnE', '', 'null', null, 0, [], {}])('with alg %j is rejected', async (alg) => {
    await expectRefused(join({ alg }, claimsOf('nobody'), ''));
    await expectRefused(join({ alg }, claimsOf('nobody')));
  });

  it('is rejected whatever algorithm it names', async () => {
    for (const alg of ['HS256', 'RS256', 'ES256', 'EdDSA']) await expectRefused(join({ alg }, claimsOf('nobody'), ''));
  });
});

describe('a forged signature', () => {
  it('made with a public key as an HMAC secret is rejected, in every encoding', async () => {
    const publicKey = await importJWK(rsa.publicJwk, 'RS256');
    if (publicKey instanceof Uint8Array) throw new Error('An RSA key is no text.');
    const pem = await exportSPKI(publicKey);
    const key = createPublicKey(pem);
    const forms = [
      ...[pem, pem.trim(), pem.replaceAll('\n', '')],
      String(key.export({ type: 'pkcs1', format: 'pem' })),
      key.export({ type: 'spki', format: 'der' }).toString('latin1'),
      ...[JSON.stringify(rsa.publicJwk), rsa.publicJwk.n ?? ''],
    ];
    for (const secret of forms) {
      for (const header of [{}, { kid: 'rsa' }]) await expectRefused(signToken(claimsOf('forger'), header, secret));
    }
  });

  it.each(['HS384', 'HS512', 'RS384', 'RS512', 'ES384', 'ES512', 'ES256K', 'RSA1_5', 'dir'])(
    'with the unused algorithm %s is rejected',
    async (alg) => {
      await expectRefused(signToken(claimsOf('user'), { alg }));
      await expectRefused(signToken(claimsOf('user'), { alg, kid: 'rsa' }));
    },
  );

  it('with a key of another algorithm is rejected', async () => {
    await expectRefused(await signWith({ ...ec, publicJwk: rsa.publicJwk }, claimsOf('user')));
    await expectRefused(await signWith({ ...rsa, publicJwk: ec.publicJwk }, claimsOf('user')));
  });
});

describe('a header', () => {
  const KIDS = [
    ...['../../../../dev/null', '/etc/passwd', "' OR 1=1 --", "x'; DROP TABLE keys; --", '__proto__', 'constructor'],
    ...['', ' ', '\0', '\n', '💥', 'http://127.0.0.1/keys', '${jndi:ldap://x}', 'x'.repeat(4000)],
  ];

  it.each(KIDS)('with the kid %j finds no key', async (kid) => {
    await expectRefused(await signWith(forger, claimsOf('user'), { kid }));
  });

  it.each([[null], [7], [true], [['rsa']], [{ rsa: 1 }]])('with the kid %j is rejected', async (kid) => {
    await expectRefused(join({ alg: 'RS256', kid }, claimsOf('user')));
  });

  it('that contains a key or a key URL is ignored, and the URL is never requested', async () => {
    const chain = { x5c: ['MIIB'], x5t: 'AAAA' };
    const address = `${attacker.issuer}/keys`;
    const headers: TokenPart[] = [
      { jwk: forger.publicJwk },
      { jwk: forger.publicJwk, kid: 'rsa' },
      { jku: address },
      { jku: address, kid: 'forger' },
      { x5u: address },
      chain,
    ];
    for (const header of headers) await expectRefused(await signWith(forger, claimsOf('user'), header));
    expect(attacker.asked).toEqual([]);
    // Beside a good key they change nothing.
    await count(await signWith(rsa, claimsOf('user'), { jku: address, jwk: forger.publicJwk })).expect(200);
    expect(attacker.asked).toEqual([]);
  });

  it('with critical extensions is rejected, even in a token of this service', async () => {
    await expectRefused(signToken(claimsOf('user'), { crit: ['exp'], exp: 1 }));
    await expectRefused(signToken(claimsOf('user'), { crit: [] }));
    await expectRefused(join({ alg: 'RS256', crit: ['b64'], b64: false, kid: 'rsa' }, claimsOf('user')));
  });
});

describe('text that is not a token', () => {
  const good = (): string[] => signToken(claimsOf('user')).split('.');
  const TEXTS: readonly [string, () => string][] = [
    ['with one part', () => 'abc'],
    ['with two parts', () => good().slice(0, 2).join('.')],
    ['with four parts', () => [...good(), 'x'].join('.')],
    ['with five parts, like an encrypted one', () => `${base64url('{"alg":"dir","enc":"A256GCM"}')}..AAAA.AAAA.AAAA`],
    ['of dots only', () => '..'],
    ['of 1,000 dots', () => '.'.repeat(1000)],
    ['with empty parts', () => `.${good()[1] ?? ''}.${good()[2] ?? ''}`],
    ['with padding', () => `${good()[0] ?? ''}==.${good()[1] ?? ''}.${good()[2] ?? ''}`],
    ['with characters of standard base64', () => good().join('.').replace(/^./, '+')],
    ['whose header is not JSON', () => `${base64url('{alg:HS256}')}.${good()[1] ?? ''}.x`],
    ['whose header is a list', () => `${base64url('["HS256"]')}.${good()[1] ?? ''}.x`],
    ['whose header is deeply nested', () => `${base64url('['.repeat(3000))}.${good()[1] ?? ''}.x`],
    ['of more than 8 KiB', () => signToken(claimsOf('user', { padding: 'x'.repeat(8000) }))],
  ];

  it.each(TEXTS)('%s, is rejected', async (_case, makeText) => {
    await expectRefused(makeText());
  });

  it('of 20 KiB is rejected before it is parsed', async () => {
    expect((await count('x'.repeat(20_000))).status).toBe(431);
  });
});

describe('claims', () => {
  const PAYLOADS: readonly [string, () => string][] = [
    ['an exp that is text', () => JSON.stringify({ sub: 'u', exp: String(seconds() + 60) })],
    ['an exp that is null', () => '{"sub":"u","exp":null}'],
    ['an exp that is a list', () => `{"sub":"u","exp":[${seconds() + 60}]}`],
    ['an exp that overflows', () => '{"sub":"u","exp":1e400}'],
    ['a negative exp', () => '{"sub":"u","exp":-1e300}'],
    ['an nbf that is text', () => JSON.stringify(claimsOf('u', { nbf: 'now' }))],
    ['a sub that is a list', () => JSON.stringify(claimsOf('u', { sub: ['u'] }))],
    ['a sub that is an object', () => JSON.stringify(claimsOf('u', { sub: { id: 'u' } }))],
    ['a sub that is null', () => JSON.stringify(claimsOf('u', { sub: null }))],
    ['roles that are an object', () => JSON.stringify(claimsOf('u', { roles: { ops: true } }))],
    ['roles that contain a number', () => JSON.stringify(claimsOf('u', { roles: [1] }))],
    ['a sid that is a number', () => JSON.stringify(claimsOf('u', { sid: 7 }))],
    ['a scope that is a list', () => JSON.stringify(claimsOf('u', { scope: ['ops'] }))],
    ['nested lists', () => '['.repeat(2000) + ']'.repeat(2000)],
    ['invalid JSON', () => '{"sub":"u","exp":'],
    ['a number instead', () => '7'],
    ['null instead', () => 'null'],
  ];

  it.each(PAYLOADS)('with %s are rejected with 401', async (_case, makePayload) => {
    const own = await count(signPayload(makePayload()));
    expect(own.status).toBe(401);
    expect(['invalid_token', 'token_expired']).toContain(own.body.code);
  });

  it.each<[where: string, claims: string]>([
    ['the user', '"sub":"first","sub":"last"'],
    ['an escaped name', String.raw`"sub":"u","s\u0075b":"u"`],
    ['an inner object', '"sub":"u","act":{"sub":"a","sub":"b"}'],
  ])('that appear twice are rejected: %s', async (_where, claims) => {
    expectProblem(await count(signPayload(`{${claims},"exp":${seconds() + 60}}`)), 'invalid_token');
  });

  it('that appear twice in the header are rejected', async () => {
    const claims = JSON.stringify({ sub: 'u', exp: seconds() + 60 });
    expectProblem(await count(signParts('{"alg":"none","alg":"HS256"}', claims)), 'invalid_token');
  });

  it('with the same name in different objects are not duplicates', async () => {
    const payload = `{"sub":"u","exp":${seconds() + 60},"act":{"sub":"a"},"other":[{"sub":"b"},{"sub":"c"}]}`;
    await count(signPayload(payload)).expect(200);
  });

  it('named like built-in properties do not change a prototype', async () => {
    const payload = `{"sub":"u","exp":${seconds() + 60},"__proto__":{"roles":["ops"]},"constructor":{"roles":["ops"]}}`;
    const token = `Bearer ${signPayload(payload)}`;
    expectProblem(await api.http.get('/redis/info').set('Authorization', token), 'forbidden');
  });

  it.each([
    ['own', (claims: TokenPart) => Promise.resolve(signToken(claims))],
    ['the provider’s', async (claims: TokenPart) => signWith(ec, claims)],
  ])('of %s token are exact to the second, without leeway', async (_whose, sign) => {
    const now = seconds();
    await count(await sign({ sub: 'u', exp: now + 1 })).expect(200);
    expectProblem(await count(await sign({ sub: 'u', exp: now })), 'token_expired');
    expectProblem(await count(await sign({ sub: 'u', exp: now - 1 })), 'token_expired');
    await count(await sign({ sub: 'u', exp: now + 60, nbf: now })).expect(200);
    await expectRefused(await sign({ sub: 'u', exp: now + 60, nbf: now + 1 }));
    // Unix time has no leap seconds: 23:59:60 on 2016-12-31 is the second of the midnight after it.
    expectProblem(
      await count(await sign({ sub: 'u', exp: Date.UTC(2016, 11, 31, 23, 59, 60) / 1000 })),
      'token_expired',
    );
  });

  it('with a fractional exp are valid until that moment', async () => {
    await count(signToken({ sub: 'u', exp: seconds() + 1.5 })).expect(200);
  });
});
