import { Logger } from '@nestjs/common';
import { AccountClient } from '../support/account-client.js';
import { CartClient, LAPTOP } from '../support/cart-client.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { contentsOf, linesWith } from '../support/redis-contents.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp({ AUTH_ACCOUNTS: 'true' });

const send = (method: 'get' | 'delete', path: string, authorization: string) =>
  api.http[method](path).set('Authorization', authorization);
const OFFICER = bearer('officer', 'privacy');

describe('/users/{user_id}/data', () => {
  it('exports and erases the data of any user for the role privacy, and logs by whom', async () => {
    const log = jest.spyOn(Logger.prototype, 'log');
    await new CartClient(api.http, 'subject').add('laptop', 2, LAPTOP).expect(200);
    const { body } = await send('get', '/users/subject/data', OFFICER).expect(200);
    expect(body).toMatchObject({ user_id: 'subject', data: { cart: { count: 2 } } });
    await send('delete', '/users/subject/data', OFFICER).expect(204);
    expect(linesWith(await contentsOf(api.redis), ['subject'])).toEqual([]);
    const entries = log.mock.calls.map(([entry]: unknown[]) => entry);
    log.mockRestore();
    const logged = entries.filter((entry) => JSON.stringify(entry).includes('The data of a user'));
    expect(logged).toEqual([
      { message: 'The data of a user is exported', operator_id: 'officer', user_id: 'subject' },
      { message: 'The data of a user is erased', operator_id: 'officer', user_id: 'subject' },
    ]);
  });

  it('erases an account without its password', async () => {
    const { client, access } = await AccountClient.signedIn(api.http, 'requested');
    const { body } = await send('get', '/me/data', `Bearer ${access}`).expect(200);
    await send('delete', `/users/${body.user_id}/data`, OFFICER).expect(204);
    expectProblem(await client.login(), 'invalid_credentials');
    expectProblem(await send('get', '/me/data', `Bearer ${access}`), 'session_revoked');
  });

  it('is forbidden without the role, and rejects what is no user id', async () => {
    for (const method of ['get', 'delete'] as const) {
      expectProblem(await send(method, '/users/subject/data', bearer('subject', 'ops')), 'forbidden');
      expect(fieldsOf(await send(method, '/users/a%20b/data', OFFICER))).toEqual(['user_id']);
    }
  });
});
