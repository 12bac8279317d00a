import { Injectable } from '@nestjs/common';
import type { SessionVerifier } from '#auth';
import { SessionService } from '#session';

/** Checks whether a token's session is still active. */
@Injectable()
export class SessionVerifierAdapter implements SessionVerifier {
  constructor(private readonly sessions: SessionService) {}

  async isActive(sessionId: string): Promise<boolean> {
    return this.sessions.isActive(sessionId);
  }
}
