import { Injectable } from '@nestjs/common';
import { TokenService } from '#auth';
import { InjectConfig, type SessionConfig } from '#config';
import { ValidationFailedError, type Clock, type Caller } from '#kernel';
import { InjectClock } from '#runtime';
import type { Session } from './domain/session.js';

export interface BoundToken {
  readonly token: string;
  /** Seconds that the token is good for while the session stands. */
  readonly expiresIn: number;
}

/** Tokens that are good only as long as a session stands. */
@Injectable()
export class SessionTokens {
  constructor(
    private readonly tokens: TokenService,
    @InjectConfig('session') private readonly config: SessionConfig,
    @InjectClock() private readonly clock: Clock,
  ) {}

  /** @throws ValidationFailedError where this service signs no tokens. */
  requireSigning(): void {
    if (this.tokens.canIssue) return;
    throw new ValidationFailedError([{ field: 'bind', message: 'must not be true: tokens are not signed here' }]);
  }

  /** A token that says what the caller's own does, for no longer than that one and the session may live. */
  bind({ userId, roles, guest, expiresAt }: Caller, session: Session): BoundToken {
    const end = Math.min(expiresAt, session.createdAt + this.config.absoluteSeconds);
    const expiresIn = end - Math.floor(this.clock.now() / 1000);
    return { token: this.tokens.issue({ userId, roles, guest, expiresIn, sessionId: session.id }), expiresIn };
  }
}
