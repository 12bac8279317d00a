import { Inject } from '@nestjs/common';

/** The session operations that accounts need. All of them throw RedisUnavailableError. */
export interface SessionKeeper {
  /** @returns the id of a new session. */
  open(
    userId: string,
    device: { readonly userAgent: string | undefined; readonly ip: string | undefined },
  ): Promise<string>;
  /** Renews a session's idle time; false if it has ended. */
  renew(userId: string, sessionId: string): Promise<boolean>;
  /** Ends a session, if it is active. */
  close(userId: string, sessionId: string): Promise<void>;
  /** Ends all sessions of the user except one. */
  closeOthers(userId: string, sessionId: string | undefined): Promise<void>;
}

export const SESSION_KEEPER = Symbol('SessionKeeper');
export const InjectSessionKeeper = (): ParameterDecorator => Inject(SESSION_KEEPER);
