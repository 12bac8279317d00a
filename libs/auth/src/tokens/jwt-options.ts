import { createSecretKey } from 'node:crypto';
import type { JwtModuleOptions } from '@nestjs/jwt';

/** The required values of the claims `iss` and `aud`, if they are checked. */
export interface ExpectedClaims {
  readonly issuer?: string;
  readonly audience?: string;
}

/**
 * How tokens are signed and verified. The secret is a `KeyObject`, because `jsonwebtoken` would first try to parse a string as
 * a public key, which takes 384 µs per verification instead of 8 µs (Node 20, jsonwebtoken 9.0).
 */
export function jwtOptions(secret: string, expected: ExpectedClaims): JwtModuleOptions {
  return {
    secret: createSecretKey(Buffer.from(secret, 'utf8')),
    signOptions: { algorithm: 'HS256', ...expected },
    verifyOptions: { algorithms: ['HS256'], ...expected },
  };
}
