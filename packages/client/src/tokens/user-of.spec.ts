import { userIdIn, userOf } from './user-of.js';

const tokenOf = (claims: unknown): string =>
  `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;

describe('userOf', () => {
  it('is the same for all tokens of a user', () => {
    expect(userOf(tokenOf({ sub: 'anna', exp: 1 }))).toBe('anna');
    expect(userOf(tokenOf({ exp: 2, sub: 'anna', name: 'Ännä ÿ??>' }))).toBe('anna');
    expect(userOf(tokenOf({ user_id: 'anna' }))).toBe('anna');
  });

  it.each([['opaque'], ['a.b.c'], [''], [tokenOf({ sub: 7 })], [tokenOf(null)], [tokenOf('text')]])(
    'is the token itself if it cannot be read: %j',
    (token) => {
      expect(userOf(token)).toBe(token);
    },
  );
});

it('the id of a user is undefined if it cannot be read', () => {
  expect(userIdIn('opaque')).toBeUndefined();
});
