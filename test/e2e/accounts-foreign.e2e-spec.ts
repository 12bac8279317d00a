import { AccountClient } from '../support/account-client.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

/** What others wrote at the keys of accounts is a documented problem, and over when an operator mends it. */
const api = useTestApp({ AUTH_ACCOUNTS: 'true' });

const NO_HASHES = ['', 'secret', '$argon2id$', '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'];

/** The key of the account that a token is of. */
async function accountOf(access: string): Promise<string> {
  const { body } = await new AccountClient(api.http, '').cart(access).expect(200);
  return `account:${body.user_id}`;
}

it.each(NO_HASHES)('text %j in place of a password hash', async (text) => {
  const { client, access } = await AccountClient.signedIn(api.http, `no-hash-${NO_HASHES.indexOf(text)}`);
  const key = await accountOf(access);
  const hash = String(await api.redis.hget(key, 'password'));

  await api.redis.hset(key, 'password', text);
  expectProblem(await client.login(), 'foreign_data');
  expectProblem(await client.changePassword(access, client.password, 'another horse battery staple'), 'foreign_data');
  expect(await api.redis.hget(key, 'password')).toBe(text);

  await api.redis.hset(key, 'password', hash);
  await client.login().expect(200);
});

it('a list in place of the address, the account or the refresh tokens', async () => {
  const { client, access, refresh } = await AccountClient.signedIn(api.http, 'lists');
  const account = await accountOf(access);
  await api.redis.multi().del(account).rpush(account, 'foreign').exec();
  expectProblem(await client.login(), 'foreign_data');

  const families = account.replace('account', 'refresh');
  await api.redis.multi().del(families).rpush(families, 'foreign').exec();
  expectProblem(await client.refresh(refresh), 'foreign_data');

  for (const address of await api.redis.keys('account_email:*')) {
    await api.redis.multi().del(address).rpush(address, 'foreign').exec();
  }
  expectProblem(await client.register(), 'foreign_data');
});
