import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { RouteSetting } from '#common';
import { InvalidTokenError, MissingTokenError, SessionRevokedError } from '../auth.errors.js';
import { InjectSessionVerifier, type SessionVerifier } from '../session-verifier.js';
import type { Claims } from '../tokens/claims.js';
import { TokenService } from '../tokens/token.service.js';
import { IS_PUBLIC } from './public.decorator.js';

const BEARER = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i;

/**
 * Lets in whoever brings a good token and notes who that is. Only for a token that is bound to a session it begins to ask
 * Redis, and leaves it to `UserThrottlerGuard` to wait for the answer together with its own.
 */
@Injectable()
export class JwtAuthGuard implements CanActivate {
  private readonly isPublic: RouteSetting<boolean>;

  constructor(
    reflector: Reflector,
    private readonly tokens: TokenService,
    @InjectSessionVerifier() private readonly sessions: SessionVerifier,
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
    const standing = sessionId === undefined ? undefined : this.requireActive(sessionId);
    request.caller = { userId, roles, guest, expiresAt, sessionId, standing };
    return true;
  }

  /** @throws SessionRevokedError, RedisUnavailableError */
  private async requireActive(sessionId: string): Promise<void> {
    if (!(await this.sessions.isActive(sessionId))) throw new SessionRevokedError();
  }
}

function bearerToken(request: Request): string {
  const { authorization } = request.headers;
  if (authorization === undefined) throw new MissingTokenError();
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) throw new InvalidTokenError();
  return token;
}
