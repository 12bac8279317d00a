import { Inject } from '@nestjs/common';

/** What accounts need of sessions. All operations throw RedisUnavailableError. */
export interface SessionKeeper {
  /** @returns the id of a new session. */
  open(
    userId: string,
    device: { readonly userAgent: string | undefined; readonly ip: string | undefined },
  ): Promise<string>;
  /** Renews a session's idle time; false if it has ended. */
  renew(userId: string, sessionId: string): Promise<boolean>;
  /** Ends a session, if it stands. */
  close(userId: string, sessionId: string): Promise<void>;
  /** Ends all sessions of the user's but one. */
  closeOthers(userId: string, sessionId: string | undefined): Promise<void>;
}

export const SESSION_KEEPER = Symbol('SessionKeeper');
export const InjectSessionKeeper = (): ParameterDecorator => Inject(SESSION_KEEPER);
