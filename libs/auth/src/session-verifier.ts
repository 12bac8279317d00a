import { Inject } from '@nestjs/common';

/** Whether the session that a token is bound to is still active, for what outlives the check of its request. */
export interface SessionVerifier {
  /** @throws RedisUnavailableError */
  isActive(sessionId: string): Promise<boolean>;
}

export const SESSION_VERIFIER = Symbol('SessionVerifier');
export const InjectSessionVerifier = (): ParameterDecorator => Inject(SESSION_VERIFIER);
