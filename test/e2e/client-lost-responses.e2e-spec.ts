import { createClient, type ClientOptions, type ShopperClient } from '@cartwright/client';
import { brokenConnection, json, problem, ScriptedService } from '../support/scripted-service.js';
import { claimsOf, signToken } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

/** Requests that the service carried out, and whose first response never came. */
const api = useTestApp({ AUTH_ACCOUNTS: 'true' });
const PASSWORD = 'correct horse battery staple';
const QUICK = { baseDelayMs: 1, maxDelayMs: 2 };

/** A `fetch` that loses the first response to each request of a name, such as `DELETE /me/data`. */
function losing(...names: readonly string[]): typeof fetch {
  const left = new Set(names);
  return async (input, init) => {
    const { method, url } = new Request(input, init);
    const response = await fetch(input, init);
    if (!left.delete(`${method} ${new URL(url).pathname}`)) return response;
    await response.text();
    throw new TypeError('The connection is lost.');
  };
}

let signedOut: number;
beforeEach(() => {
  signedOut = 0;
});

function shopper(...lost: readonly string[]): ShopperClient {
  const onSignedOut = (): void => void (signedOut += 1);
  return createClient({ baseUrl: api.url, fetch: losing(...lost), retry: QUICK, onSignedOut });
}

async function signedIn(name: string, ...lost: readonly string[]) {
  const account = { email: `${name}@shop.example`, password: PASSWORD };
  const client = shopper(...lost);
  await client.auth.register(account);
  await client.auth.signIn(account);
  return { client, account };
}

function owner(...lost: readonly string[]) {
  const token = signToken(claimsOf('owner', { roles: ['catalog'] }));
  return createClient({ baseUrl: api.url, fetch: losing(...lost), retry: QUICK, token });
}

describe('what has been carried out although the response was lost', () => {
  it('counts as done: ending a session', async () => {
    const { session_id } = await owner().sessions.create();
    await owner(`DELETE /session/${session_id}`).sessions.delete(session_id);
    await expect(owner().sessions.get(session_id)).rejects.toMatchObject({ code: 'session_not_found' });
  });

  it('counts as done: removing a product from the cache', async () => {
    await owner().products.put('lost', { name: 'Lost', price: 1 });
    await owner('DELETE /cache/product/lost').products.delete('lost');
    await expect(owner().products.get('lost')).rejects.toMatchObject({ code: 'product_not_cached' });
  });

  it('counts as done: erasing the data of the user, who is not told that the session has ended', async () => {
    const { client, account } = await signedIn('erased', 'DELETE /me/data');
    await client.userData.eraseMine({ password: PASSWORD });
    expect(signedOut).toBe(0);
    await expect(shopper().auth.signIn(account)).rejects.toMatchObject({ code: 'invalid_credentials' });
  });

  it('counts as done: signing out, which the user has asked for', async () => {
    const { client } = await signedIn('leaving', 'POST /auth/logout');
    await client.auth.signOut();
    expect([client.auth.isSignedIn, signedOut]).toEqual([false, 0]);
  });

  it('does the same twice: changing the password, signing in, refreshing', async () => {
    const lost = ['POST /auth/login', 'POST /auth/refresh', 'POST /auth/password'];
    const { client, account } = await signedIn('steady', ...lost);
    await client.auth.refresh();
    await client.auth.changePassword({ current_password: PASSWORD, new_password: `${PASSWORD}!` });
    await shopper().auth.signIn({ ...account, password: `${PASSWORD}!` });
    expect(await client.cart.count()).toMatchObject({ count: 0 });
  });

  it('is reported as unknown: the account may exist', async () => {
    const account = { email: 'unsure@shop.example', password: PASSWORD };
    const { auth } = shopper('POST /auth/register');
    await expect(auth.register(account)).rejects.toMatchObject({ name: 'ConnectionError', attempts: 1 });
    await expect(auth.register(account)).rejects.toMatchObject({ code: 'email_taken' });
    await auth.signIn(account);
    expect(auth.isSignedIn).toBe(true);
  });
});

describe('a DELETE of what is not there', () => {
  let service: ScriptedService;
  beforeAll(async () => {
    service = await ScriptedService.start();
  });
  afterAll(async () => service.stop());

  const client = (options: Partial<ClientOptions> = {}) =>
    createClient({ baseUrl: service.url, retry: QUICK, token: 't', ...options });

  it('fails if no earlier attempt can have deleted it', async () => {
    service.play(problem(404, 'session_not_found'));
    await expect(client().sessions.delete('s')).rejects.toMatchObject({ code: 'session_not_found' });
    service.play(problem(503, 'overloaded'), problem(404, 'session_not_found'));
    await expect(client().sessions.delete('s')).rejects.toMatchObject({ code: 'session_not_found' });
  });

  it('fails if the retry is rejected for another reason', async () => {
    service.play(brokenConnection, problem(403, 'forbidden'));
    await expect(client().sessions.delete('s')).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('fails if the connection to the service was refused before', async () => {
    const { refused, fetch } = refusing(1);
    service.play(problem(404, 'session_not_found'));
    await expect(client({ fetch }).sessions.delete('s')).rejects.toMatchObject({ code: 'session_not_found' });
    expect(refused).toHaveLength(1);
  });

  it('is sent again without harm if the connection was refused, as is everything else', async () => {
    const { refused, fetch } = refusing(2);
    service.play(json({ session_id: 's' }));
    await expect(client({ fetch }).sessions.create()).resolves.toEqual({ session_id: 's' });
    expect(refused).toHaveLength(2);
  });
});

/** A `fetch` whose first requests find no service. */
function refusing(times: number) {
  const refused: unknown[] = [];
  const refuse: typeof fetch = async (input, init) => {
    if (refused.length === times) return fetch(input, init);
    const closed = await ScriptedService.start();
    const { url } = closed;
    await closed.stop();
    refused.push(url);
    return fetch(url, init);
  };
  return { refused, fetch: refuse };
}
