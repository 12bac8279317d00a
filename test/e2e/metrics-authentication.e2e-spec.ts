import { AccountClient } from '../support/account-client.js';
import { growthOf } from '../support/growth.js';
import { KeyProvider, providedClaims, providerKey, signWith } from '../support/key-provider.js';
import { Scrape } from '../support/scrape.js';
import { SessionClient } from '../support/session-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { bearer, claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const FAILURES = 'cartwright_auth_failures_total';

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });
const growth = growthOf(api);

let provider: KeyProvider;
let providersApp: TestApp;
beforeAll(async () => {
  provider = await KeyProvider.start();
  provider.instead = (response) => response.writeHead(500).end();
  providersApp = await startTestApp(api.server, { JWT_JWKS_URL: provider.keysUrl });
});
afterAll(async () => {
  await providersApp.close();
  await provider.stop();
});

/** Asks for what only operators get. */
async function ask(authorization?: string, url = api.url): Promise<void> {
  const headers = authorization === undefined ? {} : { authorization };
  await (await fetch(`${url}/redis/info`, { headers })).arrayBuffer();
}

async function askAfterSessionEnds(): Promise<void> {
  const sessions = new SessionClient(api.http, 'ended');
  const sid = await sessions.open();
  await sessions.end(sid).expect(204);
  await ask(`Bearer ${signToken(claimsOf('ended', { sid }))}`);
}

async function askWithoutProvider(): Promise<void> {
  const token = await signWith(await providerKey('ES256', 'unknown'), providedClaims('provided'));
  await ask(`Bearer ${token}`, providersApp.url);
}

const someone = () => new AccountClient(api.http, 'someone@shop.example');

/** One request each that fails with the code. */
const FAILING: Readonly<Record<string, () => PromiseLike<unknown>>> = {
  missing_token: async () => ask(),
  invalid_token: async () => ask('Bearer x'),
  token_expired: async () => ask(`Bearer ${signToken(claimsOf('late', { exp: 1 }))}`),
  session_revoked: askAfterSessionEnds,
  identity_provider_unavailable: askWithoutProvider,
  forbidden: async () => ask(bearer('no-operator')),
  invalid_credentials: () => someone().login().expect(401),
  invalid_refresh_token: () => someone().refresh('never-issued').expect(401),
};

describe('authentication failures', () => {
  it.each(Object.entries(FAILING))('are counted: %s', async (code, fail) => {
    expect(await growth(FAILURES, { code }, fail)).toBe(1);
  });

  it('have no code in a scrape that no request here causes', async () => {
    const { series } = await Scrape.of(api.url);
    const codes = [...series.keys()].flatMap(
      (name) => /^cartwright_auth_failures_total\{code="(\w+)"\}$/.exec(name)?.[1] ?? [],
    );
    expect(codes.toSorted()).toEqual(Object.keys(FAILING).toSorted());
  });
});

it('attempts to sign in that come too early are counted as beyond a limit', async () => {
  const client = await AccountClient.registered(api.http, 'guessed');
  const guess = () => client.login({ password: 'a wrong guess' });
  for (let attempt = 0; attempt < 5; attempt += 1) await guess().expect(401);
  const reject = async (): Promise<unknown> => guess().expect(429);
  expect(await growth('cartwright_rate_limit_rejections_total', { limit: 'sign_in' }, reject)).toBe(1);
});
