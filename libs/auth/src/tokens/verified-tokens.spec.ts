import { VerifiedTokens } from './verified-tokens.js';

const CLAIMS = { userId: 'u', roles: [], sessionId: undefined, guest: false, actor: undefined, expiresAt: 1000 };
const NOW = 900_000;

describe('a verified token', () => {
  const keys = {};
  let verified: VerifiedTokens;
  beforeEach(() => {
    verified = new VerifiedTokens();
    verified.keep('token', CLAIMS, NOW, keys);
  });

  it('is remembered for a minute, and no other token is', () => {
    expect(verified.find('token', NOW, keys)).toBe(CLAIMS);
    expect(verified.find('token', NOW + 59_999, keys)).toBe(CLAIMS);
    expect(verified.find('token', NOW + 60_000, keys)).toBeUndefined();
    expect(verified.find('token2', NOW, keys)).toBeUndefined();
  });

  it('is forgotten in the second it expires', () => {
    verified.keep('token', CLAIMS, 990_000, keys);
    expect(verified.find('token', 999_999, keys)).toBe(CLAIMS);
    expect(verified.find('token', 1_000_000, keys)).toBeUndefined();
  });

  it('is forgotten together with the keys that verified it', () => {
    expect(verified.find('token', NOW, {})).toBeUndefined();
  });

  it('is forgotten if the clock was set back, because it may not be valid yet', () => {
    expect(verified.find('token', NOW - 1, keys)).toBeUndefined();
  });

  it('is evicted by newer ones, so that tokens cannot fill the memory', () => {
    for (let other = 0; other < 10_000; other++) verified.keep(`other ${other}`, CLAIMS, NOW, keys);
    expect(verified.find('token', NOW, keys)).toBeUndefined();
    expect(verified.find('other 0', NOW, keys)).toBe(CLAIMS);
  });
});
