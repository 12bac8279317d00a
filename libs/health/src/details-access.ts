import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { bearerToken, InjectSessionVerifier, TokenService, type SessionVerifier } from '#auth';
import { InjectConfig, type HealthConfig } from '#config';
import { DomainError } from '#kernel';

/** Decides who may see more of the service's health than its status. */
@Injectable()
export class DetailsAccess {
  constructor(
    @InjectConfig('health') private readonly config: HealthConfig,
    private readonly tokens: TokenService,
    @InjectSessionVerifier() private readonly sessions: SessionVerifier,
  ) {}

  /**
   * Whether the request has a valid token with the role `ops`, or `HEALTH_DETAILS` shows the details to everyone. Never rejects
   * the request, because a probe with an expired token must still see the status.
   */
  async isAllowed(request: Request): Promise<boolean> {
    if (this.config.details) return true;
    if (request.headers.authorization === undefined) return false;
    try {
      const { roles, sessionId } = await this.tokens.verify(bearerToken(request));
      return roles.includes('ops') && (sessionId === undefined || (await this.sessions.isActive(sessionId)));
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }
}
