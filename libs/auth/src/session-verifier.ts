import { Inject } from '@nestjs/common';

/** What the guard needs of sessions: whether the one that a token is bound to still stands. */
export interface SessionVerifier {
  /** @throws RedisUnavailableError */
  isActive(sessionId: string): Promise<boolean>;
}

export const SESSION_VERIFIER = Symbol('SessionVerifier');
export const InjectSessionVerifier = (): ParameterDecorator => Inject(SESSION_VERIFIER);
