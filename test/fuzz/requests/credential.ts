import fc from 'fast-check';

/** What a request shows of who sends it. */
export type Credential =
  'all_roles' | 'user' | 'seen' | 'account' | 'unknown_session' | 'expired' | 'forged' | 'malformed' | 'none';

/** Most are good: a request without a good token reaches nothing. */
export const credentials: fc.Arbitrary<Credential> = fc.oneof(
  { weight: 40, arbitrary: fc.constant<Credential>('all_roles') },
  { weight: 25, arbitrary: fc.constant<Credential>('user') },
  { weight: 15, arbitrary: fc.constant<Credential>('seen') },
  { weight: 10, arbitrary: fc.constant<Credential>('account') },
  {
    weight: 8,
    arbitrary: fc.constantFrom<Credential[]>('unknown_session', 'expired', 'forged', 'malformed', 'none'),
  },
);

/** For what only somebody who has signed in can do. */
export const accountCredentials: fc.Arbitrary<Credential> = fc.oneof(fc.constant<Credential>('account'), credentials);
