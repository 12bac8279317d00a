import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { RouteSetting } from '#http';
import { DomainError } from '#kernel';
import { authFailures } from '../auth.metrics.js';
import { TokenService } from '../tokens/token.service.js';
import { bearerToken } from './bearer-token.js';
import { IS_PUBLIC } from './public.decorator.js';

/**
 * Admits callers with a valid token and sets `request.caller`. It never accesses Redis: the session check of a bound token is
 * done together with the rate limit.
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
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.isPublic.of(context) === true) return true;
    const request = context.switchToHttp().getRequest<Request>();
    try {
      request.caller = await this.tokens.verify(bearerToken(request));
    } catch (error) {
      if (error instanceof DomainError) authFailures.inc({ code: error.code });
      throw error;
    }
    return true;
  }
}
