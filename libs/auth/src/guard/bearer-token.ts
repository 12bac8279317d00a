import type { Request } from 'express';
import { InvalidTokenError, MissingTokenError } from '../auth.errors.js';

const BEARER = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i;

/**
 * The token in the `Authorization` header, not yet verified.
 * @throws MissingTokenError, InvalidTokenError
 */
export function bearerToken(request: Request): string {
  const { authorization } = request.headers;
  if (authorization === undefined) throw new MissingTokenError();
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) throw new InvalidTokenError();
  return token;
}
