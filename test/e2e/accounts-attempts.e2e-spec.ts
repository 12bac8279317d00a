import { AccountClient } from '../support/account-client.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });
const registered = async (name: string) => AccountClient.registered(api.http, name);

// All tests sign in from one address, which would have to wait too after 50 attempts without a success.
beforeEach(async () => {
  await api.redis.del('logins:address/127.0.0.1');
});

describe('attempts to sign in', () => {
  it('cost more and more time after five without a success, right or wrong', async () => {
    const client = await registered('guessed');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expectProblem(await client.login({ password: `guess number ${attempt}` }), 'invalid_credentials');
    }
    for (const seconds of [1, 2, 4, 8]) {
      const refused = await client.login();
      expectProblem(refused, 'rate_limit_exceeded');
      expect(refused.headers['retry-after']).toBe(String(seconds));
      api.clock.advance(seconds);
      expectProblem(await client.login({ password: 'another wrong guess' }), 'invalid_credentials');
    }
    api.clock.advance(300);
    await client.login().expect(200);
    expectProblem(await client.login({ password: 'a typing mistake' }), 'invalid_credentials');
    await client.login().expect(200);
  });

  it('that come at once are no way around', async () => {
    const client = await registered('rushed');
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => client.login({ password: `guess number ${index}` })),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(25);
  });

  it('from one address cost time too, on however many accounts', async () => {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      expectProblem(
        await new AccountClient(api.http, `sprayed-${attempt}@shop.example`).login(),
        'invalid_credentials',
      );
    }
    expectProblem(await new AccountClient(api.http, 'sprayed-next@shop.example').login(), 'rate_limit_exceeded');
  });

  it('that succeed are not held against an address', async () => {
    const client = await registered('frequent');
    for (let attempt = 0; attempt < 60; attempt += 1) await client.login().expect(200);
  });
});
