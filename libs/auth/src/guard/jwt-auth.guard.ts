import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { RouteSetting } from '#http';
import { InvalidTokenError, MissingTokenError } from '../auth.errors.js';
import type { Claims } from '../tokens/claims.js';
import { TokenService } from '../tokens/token.service.js';
import { IS_PUBLIC } from './public.decorator.js';

const BEARER = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i;

/**
 * Lets in callers with a valid token and notes who they are. It never asks Redis: whether the session that a token is bound
 * to is active is checked with the rate limit.
 */
@Injectable()
export class JwtAuthGuard implements CanActivate {
  private readonly isPublic: RouteSetting<boolean>;

  constructor(
    reflector: Reflector,
    private readonly tokens: TokenService,
  ) {
    this.isPublic = new RouteSetting(reflector, IS_PUBLIC);
  }

  /** @throws MissingTokenError, InvalidTokenError, TokenExpiredError, IdentityProviderUnavailableError */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    if (this.isPublic.of(context) === true) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const claims = this.tokens.verify(bearerToken(request));
    if (!(claims instanceof Promise)) return this.letIn(request, claims);
    return claims.then((verified) => this.letIn(request, verified));
  }

  private letIn(request: Request, { userId, roles, guest, expiresAt, sessionId }: Claims): boolean {
    request.caller = { userId, roles, guest, expiresAt, sessionId };
    return true;
  }
}

function bearerToken(request: Request): string {
  const { authorization } = request.headers;
  if (authorization === undefined) throw new MissingTokenError();
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) throw new InvalidTokenError();
  return token;
}
