import { Injectable } from '@nestjs/common';
import { InvalidTokenError, TokenExpiredError, TokenService } from '#auth';
import type { GuestVerifier } from '#cart';
import { SessionService } from '#session';

/** Verifies guest tokens for the cart. Only a token that is bound to a session causes a Redis lookup. */
@Injectable()
export class GuestVerifierAdapter implements GuestVerifier {
  constructor(
    private readonly tokens: TokenService,
    private readonly sessions: SessionService,
  ) {}

  async verify(token: string): Promise<string | undefined> {
    try {
      const { userId, guest, sessionId } = await this.tokens.verify(token);
      if (!guest) return undefined;
      return sessionId === undefined || (await this.sessions.isActive(sessionId)) ? userId : undefined;
    } catch (error) {
      if (error instanceof InvalidTokenError || error instanceof TokenExpiredError) return undefined;
      throw error;
    }
  }
}
