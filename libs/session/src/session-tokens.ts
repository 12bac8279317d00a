import { Injectable } from '@nestjs/common';
import { TokenService } from '#auth';
import { InjectConfig, type SessionConfig } from '#config';
import { ValidationFailedError, type Clock, type Caller } from '#kernel';
import { InjectClock } from '#runtime';
import type { Session } from './domain/session.js';

export interface BoundToken {
  readonly token: string;
  /** Seconds until the token expires. It becomes invalid earlier if the session ends. */
  readonly expiresIn: number;
}

/** Tokens that are valid only while their session is active. */
@Injectable()
export class SessionTokens {
  constructor(
    private readonly tokens: TokenService,
    @InjectConfig('session') private readonly config: SessionConfig,
    @InjectClock() private readonly clock: Clock,
  ) {}

  /** @throws ValidationFailedError if this service signs no tokens. */
  requireSigning(): void {
    if (this.tokens.canIssue) return;
    throw new ValidationFailedError([{ field: 'bind', message: 'must not be true: tokens are not signed here' }]);
  }

  /** A token with the claims of the caller's own, valid no longer than that token and the session may live. */
  bind({ userId, roles, guest, expiresAt }: Caller, session: Session): BoundToken {
    const end = Math.min(expiresAt, session.createdAt + this.config.absoluteSeconds);
    const expiresIn = end - Math.floor(this.clock.now() / 1000);
    return { token: this.tokens.issue({ userId, roles, guest, expiresIn, sessionId: session.id }), expiresIn };
  }
}
