import { createHash, randomBytes } from 'node:crypto';

const FAMILY_BYTES = 16;
const SECRET_BYTES = 32;
const TOKEN = /^([\w-]{22})\.([\w-]{43})$/;

/** A refresh token: the family of all that came from one login, and the secret of this one. */
export interface RefreshToken {
  readonly familyId: string;
  readonly secret: string;
}

export function newFamilyId(): string {
  return randomBytes(FAMILY_BYTES).toString('base64url');
}

export function newRefreshToken(familyId: string): RefreshToken {
  return { familyId, secret: randomBytes(SECRET_BYTES).toString('base64url') };
}

export function refreshTokenText({ familyId, secret }: RefreshToken): string {
  return `${familyId}.${secret}`;
}

/** undefined where the text has not the form of one; nothing else becomes part of a key. */
export function parseRefreshToken(text: string): RefreshToken | undefined {
  const [, familyId, secret] = TOKEN.exec(text) ?? [];
  return familyId === undefined || secret === undefined ? undefined : { familyId, secret };
}

/** What is stored of a token. Its secret has 256 random bits, so a fast digest is enough. */
export function secretDigest({ secret }: RefreshToken): string {
  return createHash('sha256').update(secret).digest('base64url');
}
