import { createHmac } from 'node:crypto';

/** The secret that the tests' applications verify with. */
export const TEST_SECRET = 'a secret for tests only, 32 bytes or more';

export type TokenPart = Readonly<Record<string, unknown>>;

/** Signs any claims with any header, well formed or not, independent of the code under test. */
export function signToken(claims: object, header: TokenPart = {}, secret: string = TEST_SECRET): string {
  return signPayload(JSON.stringify(claims), header, secret);
}

/** Signs any text as a token's payload. */
export function signPayload(payload: string, header: TokenPart = {}, secret: string = TEST_SECRET): string {
  return signParts(JSON.stringify({ alg: 'HS256', typ: 'JWT', ...header }), payload, secret);
}

/** Signs any texts as a token's header and payload. */
export function signParts(header: string, payload: string, secret: string = TEST_SECRET): string {
  const signed = `${base64url(header)}.${base64url(payload)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** The claims of a user whose token is valid for longer than any test moves the clock. */
export function claimsOf(userId: string, more: TokenPart = {}): TokenPart {
  const now = Math.floor(Date.now() / 1000);
  return { sub: userId, iat: now, exp: now + 30 * 86_400, ...more };
}

/** The value of an `Authorization` header. */
export function bearer(userId: string, ...roles: string[]): string {
  return `Bearer ${signToken(claimsOf(userId, { roles }))}`;
}

export function base64url(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}
