import fc from 'fast-check';

/** The kind of credential that a request carries. */
export type Credential =
  | 'all_roles'
  | 'support'
  | 'user'
  | 'seen'
  | 'account'
  | 'unknown_session'
  | 'expired'
  | 'forged'
  | 'malformed'
  | 'none';

/** Most are valid: a request without a valid token reaches no operation. */
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

/** For operations on the cart of another user. */
export const supportCredentials: fc.Arbitrary<Credential> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Credential>('support') },
  { weight: 1, arbitrary: credentials },
);

/** For operations that require a signed-in user. */
export const accountCredentials: fc.Arbitrary<Credential> = fc.oneof(fc.constant<Credential>('account'), credentials);
