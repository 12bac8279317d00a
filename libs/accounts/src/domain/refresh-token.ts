import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';

const TOKEN = /^(acct_[\w-]{22})\.([\w-]{43})\.([1-9]\d{0,8})\.([\w-]{43})$/;

/** The contents of a refresh token. All tokens of one login form a family and differ only in their generation. */
export interface RefreshToken {
  readonly userId: string;
  /** The session of the login. */
  readonly sessionId: string;
  /** 1 for the login's token, one more after each refresh. */
  readonly generation: number;
}

/**
 * Writes and reads refresh tokens. Their secret part is an HMAC of their contents, so the same generation always has the same
 * text, and nothing in Redis could be used as a token if it were stolen.
 */
export class RefreshTokens {
  /** @param keys the first writes, all read. */
  constructor(private readonly keys: readonly KeyObject[]) {}

  /** @throws Error if there is no key, which is a mistake in the code: accounts cannot be enabled without a secret. */
  write(token: RefreshToken): string {
    const [key] = this.keys;
    if (key === undefined) throw new Error('There is no secret to make refresh tokens with.');
    return `${claimsOf(token)}.${macOf(token, key).toString('base64url')}`;
  }

  /** Parses a token; undefined if it was never issued here. */
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
