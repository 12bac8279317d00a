import { isWebUrl } from './environment-values.js';

/** Finds variables of tokens and accounts that are required, or not allowed, because of another. */
export function findAuthContradictions(given: Readonly<Record<string, string | undefined>>): string[] {
  const faults: string[] = [];
  if (given.NODE_ENV === 'production') {
    if (given.JWT_SECRET === undefined && given.JWT_JWKS_URL === undefined && given.JWT_DISCOVERY !== 'true') {
      faults.push('JWT_SECRET must be set in production: it takes a secret of at least 32 bytes');
    }
    if (given.AUTH_ACCOUNTS === 'true' && given.JWT_SECRET === undefined) {
      faults.push('AUTH_ACCOUNTS must not be true in production without JWT_SECRET: it signs their tokens');
    }
    if (given.AUTH_DEV_TOKENS === 'true') {
      faults.push('AUTH_DEV_TOKENS must not be true in production: it gives a token to anyone who asks');
    }
  }
  if (given.JWT_SECRET_PREVIOUS !== undefined && given.JWT_SECRET === undefined) {
    faults.push('JWT_SECRET_PREVIOUS must not be set without JWT_SECRET, which came after it');
  }
  if (given.JWT_DISCOVERY === 'true' && !isWebUrl(given.JWT_ISSUER ?? '')) {
    faults.push('JWT_DISCOVERY must not be true without an address in JWT_ISSUER: it is where to look');
  }
  if (given.JWT_DISCOVERY === 'true' && given.JWT_JWKS_URL !== undefined) {
    faults.push('JWT_DISCOVERY must not be true where JWT_JWKS_URL says where the keys are');
  }
  return faults;
}
