import { ConnectionError, createClient, type Cart, type FeedState, type ShopperClient } from '@cartwright/client';
import { SharedStorage } from '../support/shared-storage.js';
import { useTestApp } from '../support/use-test-app.js';

/** A cart that is followed while someone signs in or out. */
const api = useTestApp({ AUTH_ACCOUNTS: 'true', EVENTS_HEARTBEAT_SECONDS: '1' });
const PASSWORD = 'correct horse battery staple';
const MUG = { product_id: 'mug', quantity: 1 };
const USER = expect.stringMatching(/^acct_/);
const GUEST = expect.stringMatching(/^guest_/);

let leaving: AbortController;
beforeEach(() => {
  leaving = new AbortController();
});
afterEach(() => {
  leaving.abort();
});

const tabOn = (storage: SharedStorage, onSignedOut = (): void => undefined): ShopperClient =>
  createClient({ baseUrl: api.url, storage, onSignedOut });

/** Two tabs of a visitor, who has an account. */
async function visitor(name: string, onSignedOut?: () => void) {
  const storage = new SharedStorage();
  const [one, other] = [tabOn(storage, onSignedOut), tabOn(storage, onSignedOut)];
  const account = { email: `${name}@shop.example`, password: PASSWORD };
  await one.auth.register(account);
  return { storage, one, other, account };
}

function watch({ cart }: ShopperClient) {
  const states: FeedState[] = [];
  const carts = cart.live({ signal: leaving.signal, onState: (state) => states.push(state) });
  const next = async (): Promise<Cart | undefined> => (await carts.next()).value ?? undefined;
  return { states, next };
}

/** Passes over carts in between, such as that of a user before the guest's has been merged. */
async function until(next: () => Promise<Cart | undefined>, user: unknown, count: number): Promise<void> {
  for (;;) {
    const cart = await next();
    expect(cart).toBeDefined();
    if (cart?.count !== count) continue;
    expect(cart).toMatchObject({ user_id: user });
    return;
  }
}

describe('cart.live, when someone signs in or out', () => {
  it('goes on with the cart of the new user, also of an empty one', async () => {
    const { one, account } = await visitor('here');
    const { next } = watch(one);
    expect(await next()).toMatchObject({ user_id: GUEST, count: 0 });
    await one.auth.signIn(account);
    expect(await next()).toMatchObject({ user_id: USER, count: 0 });
    await one.cart.add(MUG);
    expect(await next()).toMatchObject({ user_id: USER, count: 1 });
    await one.auth.signOut();
    expect(await next()).toMatchObject({ user_id: GUEST, count: 0 });
    await one.cart.add({ ...MUG, quantity: 7 });
    expect(await next()).toMatchObject({ user_id: GUEST, count: 7 });
  });

  it('does so in the other tabs too', async () => {
    const { one, other, account } = await visitor('two-tabs');
    await one.cart.add(MUG);
    const { next } = watch(other);
    await until(next, GUEST, 1);
    await one.auth.signIn(account);
    await one.cart.add(MUG);
    await until(next, USER, 2);
    await one.auth.signOut();
    await until(next, GUEST, 0);
  });

  it('notices at the next heartbeat if the storage announces no changes', async () => {
    const { storage, one, account } = await visitor('silent');
    await one.cart.add(MUG);
    const { next } = watch(tabOn(new SharedStorage(storage.values)));
    await until(next, GUEST, 1);
    await one.auth.signIn(account);
    await one.cart.add(MUG);
    await until(next, USER, 2);
  });

  it('goes on as a guest when the session has ended', async () => {
    let signedOut = 0;
    const { one, account } = await visitor('ended', () => (signedOut += 1));
    await one.auth.signIn(account);
    await one.cart.add(MUG);
    const { next } = watch(one);
    await until(next, USER, 1);
    await one.sessions.deleteAll();
    await until(next, GUEST, 0);
    expect(signedOut).toBe(1);
  });

  it('begins as a guest if the session had ended before', async () => {
    const { storage, one, account } = await visitor('ended-before');
    await one.auth.signIn(account);
    await one.sessions.deleteAll();
    await until(watch(tabOn(storage)).next, GUEST, 0);
  });
});

describe('cart.follow, when the user stays the same', () => {
  it('stays connected while tokens are refreshed, and gives each event once', async () => {
    const { one, other, account } = await visitor('same');
    await one.auth.signIn(account);
    const { states, next } = watch(other);
    await until(next, USER, 0);
    await one.auth.refresh();
    await other.auth.refresh();
    await one.cart.add(MUG);
    expect(await next()).toMatchObject({ user_id: USER, count: 1 });
    expect(states).toEqual(['connecting', 'connected']);
  });

  it('stays connected when an identity provider’s next token is used', async () => {
    const { one } = await visitor('provider');
    const tokenFor = async (user_id: string) => (await one.auth.devToken({ user_id })).access_token;
    await one.auth.signInWith(await tokenFor('anna'));
    const { states, next } = watch(one);
    await until(next, 'anna', 0);
    await one.auth.signInWith(await tokenFor('anna'));
    await one.cart.add(MUG);
    await until(next, 'anna', 1);
    expect(states).toEqual(['connecting', 'connected']);
    await one.auth.signInWith(await tokenFor('ben'));
    await until(next, 'ben', 0);
  });
});

describe('cart.follow, when another user comes', () => {
  it('goes on with a sync of their cart, whatever the first event was to be', async () => {
    const { one } = await visitor('sync');
    await one.cart.add(MUG);
    const events = one.cart.follow({ signal: leaving.signal, lastEventId: 'gone.7' });
    expect((await events.next()).value).toMatchObject({ event: 'sync', version: 1 });
    await one.auth.guest();
    expect((await events.next()).value).toEqual({ event: 'sync', life: '', version: 0 });
  });
});

it('a write whose response was lost is not sent again as the user who has signed in since', async () => {
  const { storage, other, account } = await visitor('between');
  let lost = 0;
  const losing: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (!response.url.endsWith('/cart/add')) return response;
    lost += 1;
    await response.text();
    await other.auth.signIn(account);
    throw new TypeError('The connection is lost.');
  };
  const one = createClient({ baseUrl: api.url, storage, fetch: losing, retry: { baseDelayMs: 1, maxDelayMs: 2 } });
  const error: unknown = await one.cart.add(MUG).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ attempts: 1, idempotencyKey: expect.any(String) });
  expect(lost).toBe(1);
  expect(await other.cart.get()).toMatchObject({ user_id: USER, count: 1 });
});
