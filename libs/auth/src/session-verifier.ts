import { Inject } from '@nestjs/common';

/** Checks whether the session of a token is still active, for connections that outlive the check of their request. */
export interface SessionVerifier {
  /** @throws RedisUnavailableError */
  isActive(sessionId: string): Promise<boolean>;
}

export const SESSION_VERIFIER = Symbol('SessionVerifier');
export const InjectSessionVerifier = (): ParameterDecorator => Inject(SESSION_VERIFIER);
