import { expectProblem } from '../support/problems.js';
import type { TestApp } from '../support/test-app.js';
import { bearer, claimsOf, signToken, TEST_SECRET } from '../support/tokens.js';
import { useTestApps } from '../support/use-test-apps.js';

const start = useTestApps();
const count = ({ http }: TestApp, token: string) => http.get('/cart/count').set('Authorization', `Bearer ${token}`);

describe('a rotated secret', () => {
  const NEXT = 'the next secret for tests, 32 bytes or more';

  it('still verifies tokens as the previous secret, but signs none', async () => {
    const api = await start({ JWT_SECRET: NEXT, JWT_SECRET_PREVIOUS: TEST_SECRET });
    await count(api, signToken(claimsOf('user'))).expect(200);
    await count(api, signToken(claimsOf('user'), {}, NEXT)).expect(200);
    const { body } = await api.http.post('/auth/guest').expect(200);
    const before = await start({ JWT_SECRET: TEST_SECRET });
    expectProblem(await count(before, body.access_token), 'invalid_token');
    const after = await start({ JWT_SECRET: NEXT });
    await count(after, body.access_token).expect(200);
    expectProblem(await after.http.get('/cart').set('Authorization', bearer('user')), 'invalid_token');
  });

  it('reports an expired token of the previous secret as expired', async () => {
    const api = await start({ JWT_SECRET: NEXT, JWT_SECRET_PREVIOUS: TEST_SECRET });
    expectProblem(await count(api, signToken(claimsOf('user', { exp: 1 }))), 'token_expired');
  });
});
