import { Injectable } from '@nestjs/common';
import type { SessionVerifier } from '#auth';
import { SessionService } from '#session';

/** The guard asks the sessions whether a token's session still stands. */
@Injectable()
export class SessionVerifierAdapter implements SessionVerifier {
  constructor(private readonly sessions: SessionService) {}

  async isActive(sessionId: string): Promise<boolean> {
    return this.sessions.isActive(sessionId);
  }
}
