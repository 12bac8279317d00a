import { createSecretKey, randomBytes } from 'node:crypto';
import { RefreshTokens, type RefreshToken } from './refresh-token.js';

const key = () => createSecretKey(randomBytes(32));
const [current, previous] = [key(), key()];
const tokens = new RefreshTokens([current, previous]);

const TOKEN: RefreshToken = { userId: `acct_${'u'.repeat(22)}`, sessionId: 's'.repeat(43), generation: 12 };

describe('a refresh token', () => {
  it('encodes what it was made from, and is always the same', () => {
    expect(tokens.read(tokens.write(TOKEN))).toEqual(TOKEN);
    expect(tokens.write({ ...TOKEN })).toBe(tokens.write(TOKEN));
    expect(tokens.write({ ...TOKEN, generation: 13 })).not.toBe(tokens.write(TOKEN));
  });

  it('fits into a request even at the largest generation', () => {
    expect(tokens.write({ ...TOKEN, generation: 999_999_999 }).length).toBeLessThanOrEqual(128);
  });

  it('made with the previous key is accepted, made with any other key is not', () => {
    expect(tokens.read(new RefreshTokens([previous]).write(TOKEN))).toEqual(TOKEN);
    expect(tokens.read(new RefreshTokens([key()]).write(TOKEN))).toBeUndefined();
  });

  it('that was modified anywhere is not accepted', () => {
    const text = tokens.write(TOKEN);
    // The last character has 4 bits that mean something, so that a few others mean the same.
    for (let at = 0; at < text.length - 1; at += 1) {
      const changed = text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1);
      expect(tokens.read(changed)).toBeUndefined();
    }
  });

  it.each(['', 'x', `${'a'.repeat(22)}.${'b'.repeat(43)}`, `${tokens.write(TOKEN)}x`, ` ${tokens.write(TOKEN)}`])(
    'cannot be %j',
    (text) => {
      expect(tokens.read(text)).toBeUndefined();
    },
  );
});
