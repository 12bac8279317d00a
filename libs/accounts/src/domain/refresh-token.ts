import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';

const TOKEN = /^(acct_[\w-]{22})\.([\w-]{43})\.([1-9]\d{0,8})\.([\w-]{43})$/;

/** What a refresh token says. All that come from one login are a family: they differ in their generation only. */
export interface RefreshToken {
  readonly userId: string;
  /** The session of the login. */
  readonly sessionId: string;
  /** 1 is the login's; each refresh gives the next. */
  readonly generation: number;
}

/**
 * Writes and reads refresh tokens. Their secret part is an HMAC of what they say, so the same generation always has the same
 * text, and nothing that could be stolen from Redis is a token.
 */
export class RefreshTokens {
  /** @param keys the first writes, all read. */
  constructor(private readonly keys: readonly KeyObject[]) {}

  /** @throws Error if there is no key: a mistake in the code, because accounts are not turned on without a secret. */
  write(token: RefreshToken): string {
    const [key] = this.keys;
    if (key === undefined) throw new Error('There is no secret to make refresh tokens with.');
    return `${claimsOf(token)}.${macOf(token, key).toString('base64url')}`;
  }

  /** What a token says; undefined if it was never issued here. */
  read(text: string): RefreshToken | undefined {
    const [, userId = '', sessionId = '', generation, mac = ''] = TOKEN.exec(text) ?? [];
    if (generation === undefined) return undefined;
    const token = { userId, sessionId, generation: Number(generation) };
    const presented = Buffer.from(mac, 'base64url');
    return this.keys.some((key) => timingSafeEqual(macOf(token, key), presented)) ? token : undefined;
  }
}

function claimsOf({ userId, sessionId, generation }: RefreshToken): string {
  return `${userId}.${sessionId}.${generation}`;
}

function macOf(token: RefreshToken, key: KeyObject): Buffer {
  return createHmac('sha256', key).update(claimsOf(token)).digest();
}
