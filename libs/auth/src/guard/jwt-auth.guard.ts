import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { InvalidTokenError, MissingTokenError, SessionRevokedError } from '../auth.errors.js';
import { InjectSessionVerifier, type SessionVerifier } from '../session-verifier.js';
import { TokenService } from '../tokens/token.service.js';
import { IS_PUBLIC } from './public.decorator.js';

const BEARER = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i;

/** Lets in whoever brings a good token and notes who that is. Asks Redis only for a token that is bound to a session. */
@Injectable()
export class JwtAuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenService,
    @InjectSessionVerifier() private readonly sessions: SessionVerifier,
  ) {}

  /** @throws MissingTokenError, InvalidTokenError, TokenExpiredError, SessionRevokedError, RedisUnavailableError */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isPublic === true) return true;

    const request = context.switchToHttp().getRequest<Request>();
    const { userId, roles, expiresAt, sessionId } = this.tokens.verify(bearerToken(request));
    request.caller = { userId, roles, expiresAt, sessionId };
    return sessionId === undefined || this.requireActive(sessionId);
  }

  private async requireActive(sessionId: string): Promise<true> {
    if (!(await this.sessions.isActive(sessionId))) throw new SessionRevokedError();
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
