import { AccountClient } from '../support/account-client.js';
import { LAPTOP } from '../support/cart-client.js';
import { useFailingRedis, type FailingRedis } from '../support/failing-redis.js';
import { guestOf } from '../support/guest-client.js';
import { expectProblem } from '../support/problems.js';
import { RedisProxy } from '../support/redis-proxy.js';
import { startTestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

const ACCOUNTS = { AUTH_ACCOUNTS: 'true' };
const NEW_PASSWORD = 'staple battery horse correct';

const api = useTestApp(ACCOUNTS);
const startFailing = useFailingRedis(api);

/** Somebody who is signed in on two devices. */
async function onTwoDevices({ app }: FailingRedis, name: string) {
  const { client, access } = await AccountClient.signedIn(app.http, name);
  const { body } = await client.login().expect(200);
  return { client, access, other: String(body.access_token) };
}

describe('if Redis is disconnected at any step,', () => {
  it('the same request changes the password and ends the other sessions', async () => {
    const failing = await startFailing(ACCOUNTS);
    const cutOff = await failing.atEachRoundTrip(
      async (roundTrip) => onTwoDevices(failing, `changer-${roundTrip}`),
      ({ client, access }) => client.changePassword(access, client.password, NEW_PASSWORD),
      async ({ client, access, other }, interrupted) => {
        expectProblem(interrupted, 'redis_unavailable');
        await client.changePassword(access, client.password, NEW_PASSWORD).expect(204);
        expectProblem(await client.cart(other), 'session_revoked');
        await client.cart(access).expect(200);
        expectProblem(await client.login(), 'invalid_credentials');
        await client.login({ password: NEW_PASSWORD }).expect(200);
      },
    );
    // The rate limit, two counts, the account, the end of two counts, the index, the session, the index, the password, …
    expect(cutOff).toBeGreaterThan(8);
  });

  it('no other session remains active once the new password is set', async () => {
    const failing = await startFailing(ACCOUNTS);
    await failing.atEachRoundTrip(
      async (roundTrip) => onTwoDevices(failing, `crashed-${roundTrip}`),
      ({ client, access }) => client.changePassword(access, client.password, NEW_PASSWORD),
      async ({ client, other }) => {
        const isNew = (await client.login({ password: NEW_PASSWORD })).status === 200;
        if (isNew) expectProblem(await client.cart(other), 'session_revoked');
        else await client.login().expect(200);
      },
    );
  });

  it('the same request registers, or the account already exists', async () => {
    const failing = await startFailing(ACCOUNTS);
    await failing.atEachRoundTrip(
      (roundTrip) => Promise.resolve(new AccountClient(failing.app.http, `registrant-${roundTrip}@shop.example`)),
      (client) => client.register(),
      async (client, interrupted) => {
        expectProblem(interrupted, 'redis_unavailable');
        const again = await client.register();
        if (again.status !== 201) expectProblem(again, 'email_taken');
        await client.login().expect(200);
        const { userId } = await storedAccount(client);
        expect(await api.redis.hkeys(`account:${userId}`)).toEqual(expect.arrayContaining(['password', 'created_at']));
      },
    );
  });

  it('the same request signs in and takes over the guest’s cart once', async () => {
    const failing = await startFailing(ACCOUNTS);
    await failing.atEachRoundTrip(
      async (roundTrip) => {
        const client = await AccountClient.registered(failing.app.http, `shopper-${roundTrip}`);
        const guest = guestOf(failing.app.http, `guest_shopper-${roundTrip}`);
        await guest.add('laptop', 2, LAPTOP).expect(200);
        return { client, guest };
      },
      ({ client, guest }) => client.login({ guest_token: guest.token }),
      async ({ client, guest }, interrupted) => {
        expectProblem(interrupted, 'redis_unavailable');
        const { body } = await client.login({ guest_token: guest.token }).expect(200);
        const cart = await client.cart(body.access_token).expect(200);
        expect(cart.body.items).toMatchObject([{ product_id: 'laptop', quantity: 2 }]);
        expect((await guest.get().expect(200)).body.items).toEqual([]);
        await client.refresh(body.refresh_token).expect(200);
      },
    );
  });

  it('the same request signs out, or its session has already ended', async () => {
    const failing = await startFailing(ACCOUNTS);
    await failing.atEachRoundTrip(
      async (roundTrip) => onTwoDevices(failing, `leaver-${roundTrip}`),
      ({ client, access }) => client.logout(access),
      async ({ client, access, other }, interrupted) => {
        expectProblem(interrupted, 'redis_unavailable');
        const again = await client.logout(access);
        if (again.status !== 204) expectProblem(again, 'session_revoked');
        expectProblem(await client.cart(access), 'session_revoked');
        await client.cart(other).expect(200);
      },
    );
  });
});

it('a password change that is retried with a different new password is rejected as a wrong password', async () => {
  const { client, access } = await AccountClient.signedIn(api.http, 'mistaken');
  await client.changePassword(access, client.password, NEW_PASSWORD).expect(204);
  await client.changePassword(access, client.password, NEW_PASSWORD).expect(204);
  expectProblem(await client.changePassword(access, client.password, `${NEW_PASSWORD}!`), 'invalid_credentials');
  await client.login({ password: NEW_PASSWORD }).expect(200);
});

it('a login with the old password creates no session if the password is changed in the meantime', async () => {
  const { client, access } = await AccountClient.signedIn(api.http, 'raced');
  const proxy = await RedisProxy.start(api.server.socket);
  const slow = await startTestApp({ url: proxy.url }, ACCOUNTS, api.clock);
  const held = proxy.holdAfter(0, /\r\nsession:/);
  const login = new AccountClient(slow.http, client.email).login().then((response) => response);
  await held;
  await client.changePassword(access, client.password, NEW_PASSWORD).expect(204);
  proxy.release();
  expectProblem(await login, 'invalid_credentials');
  const { body } = await api.http.get('/session').set('Authorization', `Bearer ${access}`).expect(200);
  expect(body.sessions).toHaveLength(1);
  await slow.close();
  await proxy.stop();
});

async function storedAccount(client: AccountClient): Promise<{ userId: string }> {
  const { body } = await client.login().expect(200);
  return { userId: String(body.refresh_token).split('.', 1)[0] ?? '' };
}
