import { createClient } from '@cartwright/client';
import { RecordingFetch } from '../support/recording-fetch.js';
import { json, problem, ScriptedService } from '../support/scripted-service.js';
import { SharedStorage } from '../support/shared-storage.js';
import { claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });
const PASSWORD = 'correct horse battery staple';
const MUG = { product_id: 'mug', quantity: 1 };

let document: object;
beforeAll(async () => {
  ({ body: document } = await api.http.get('/docs-json').expect(200));
});

function tabs(onSignedOut?: () => void) {
  const storage = new SharedStorage();
  const recorder = new RecordingFetch(document);
  const tab = () =>
    createClient({ baseUrl: api.url, storage, fetch: recorder.fetch, ...(onSignedOut && { onSignedOut }) });
  return { recorder, storage, one: tab(), other: tab() };
}

async function signedIn(name: string, onSignedOut?: () => void) {
  const opened = tabs(onSignedOut);
  const account = { email: `${name}@shop.example`, password: PASSWORD };
  await opened.one.auth.register(account);
  await opened.one.auth.signIn(account);
  return { ...opened, account };
}

describe('a visitor', () => {
  it('is one guest, however many requests and tabs begin at once', async () => {
    const { recorder, one, other } = tabs();
    await Promise.all([...Array(10).keys()].map(async (index) => (index % 2 === 0 ? one : other).cart.add(MUG)));
    expect(recorder.headersOf('POST /auth/guest')).toHaveLength(1);
    expect(await other.cart.count()).toMatchObject({ count: 10 });
  });

  it('stays the same guest after the page has been left', async () => {
    const { storage, one } = tabs();
    const { user_id } = await one.cart.add(MUG);
    expect(await createClient({ baseUrl: api.url, storage }).cart.get()).toMatchObject({ user_id, count: 1 });
  });

  it('is a new guest if what is stored cannot be read', async () => {
    const { storage, one } = tabs();
    await one.cart.add(MUG);
    for (const key of storage.values.keys()) storage.values.set(key, '{"accessToken":7}');
    expect(await one.cart.count()).toMatchObject({ count: 0 });
  });
});

describe('a user whose access token has expired', () => {
  it('gets a new one once, for many waiting requests and for all tabs', async () => {
    const { recorder, one, other } = await signedIn('waiting');
    api.clock.advance(16 * 60);
    const counts = [...Array(20).keys()].map(async (index) => (index % 2 === 0 ? one : other).cart.count());
    expect(await Promise.all(counts)).toEqual(Array(20).fill({ count: 0, unique_items: 0 }));
    expect(recorder.headersOf('POST /auth/refresh')).toHaveLength(1);
  });

  it('has to sign in again if the session has ended', async () => {
    let signedOut = 0;
    const { one, other, account } = await signedIn('ended', () => (signedOut += 1));
    await createClient({ baseUrl: api.url }).auth.signIn(account);
    const { sessions } = one;
    await sessions.deleteAll();
    await expect(one.cart.count()).rejects.toMatchObject({ code: 'invalid_refresh_token' });
    expect(signedOut).toBe(1);
    expect([one.auth.isSignedIn, other.auth.isSignedIn]).toEqual([false, false]);
  });
});

describe('signing in', () => {
  it('shows in the other tab at once', async () => {
    const { other } = await signedIn('two-tabs');
    expect(other.auth.isSignedIn).toBe(true);
    expect(await other.cart.get()).toMatchObject({ user_id: expect.stringMatching(/^acct_/) });
  });

  it('merges the cart of the guest later if the merge was interrupted', async () => {
    const { storage, one } = tabs();
    const account = { email: 'interrupted@shop.example', password: PASSWORD };
    await one.cart.add(MUG);
    await one.auth.register(account);
    const broken: typeof fetch = async (input, init) =>
      new Request(input).url.endsWith('/cart/merge') ? Promise.reject(new TypeError('failed')) : fetch(input, init);
    const interrupted = createClient({ baseUrl: api.url, storage, fetch: broken, retry: { maxAttempts: 1 } });
    await expect(interrupted.auth.signIn(account)).rejects.toMatchObject({ name: 'ConnectionError' });
    expect(await one.cart.count()).toMatchObject({ count: 0 });
    expect(await one.auth.mergeGuest()).toMatchObject({ cart: { count: 1 }, report: [{ line_id: 'mug' }] });
    expect([...storage.values.values()].join()).not.toContain('guestToken');
  });

  it('leaves the guest as they are if the password is wrong', async () => {
    const { one } = tabs();
    await one.cart.add(MUG);
    const wrong = { email: 'unknown@shop.example', password: 'not the right password' };
    await expect(one.auth.signIn(wrong)).rejects.toMatchObject({ code: 'invalid_credentials' });
    expect(await one.cart.count()).toMatchObject({ count: 1 });
  });
});

describe('a supplied token', () => {
  it('is requested again once, for many requests, if the service rejects it', async () => {
    const rejected: unknown[] = [];
    const expired = signToken({ ...claimsOf('supplied'), exp: 1 });
    const valid = signToken(claimsOf('supplied'));
    let current = expired;
    const token = async (old?: string): Promise<string> => {
      if (old !== undefined) {
        rejected.push(old);
        current = await Promise.resolve(valid);
      }
      return current;
    };
    const { cart } = createClient({ baseUrl: api.url, token });
    await Promise.all(Array.from({ length: 20 }, async () => cart.add(MUG)));
    expect(await cart.count()).toMatchObject({ count: 20 });
    expect(rejected).toEqual([expired]);
  });

  it('is rejected as the service rejects it if there is no other', async () => {
    const { cart } = createClient({ baseUrl: api.url, token: 'nonsense' });
    await expect(cart.count()).rejects.toMatchObject({ status: 401, code: 'invalid_token' });
  });

  it('is replaced before the write that it was rejected with is sent again', async () => {
    const service = await ScriptedService.start();
    service.play(problem(401, 'token_expired'), json({ version: 1 }));
    const { cart } = createClient({ baseUrl: service.url, token: (old) => (old === undefined ? 'old' : 'new') });
    await cart.add(MUG);
    const sent = service.requests.map(({ headers }) => [headers.authorization, headers['idempotency-key']]);
    expect(sent).toEqual([
      ['Bearer old', sent[0]?.[1]],
      ['Bearer new', sent[0]?.[1]],
    ]);
    await service.stop();
  });
});
