import type { Request } from 'express';

/** Who makes a request, as the verified token says. */
export interface Caller {
  readonly userId: string;
  readonly roles: readonly string[];
  /** Whether it is someone who has not signed in. */
  readonly guest: boolean;
  /** When the token expires, in seconds since the Unix epoch. */
  readonly expiresAt: number;
  /** The session that the token is bound to, if any. */
  readonly sessionId: string | undefined;
}

declare module 'express-serve-static-core' {
  interface Request {
    caller?: Caller;
  }
}

/**
 * The caller of a request that passed the JWT guard.
 * @throws Error where the route is public: a mistake in the code, not in the request.
 */
export function callerOf(request: Request): Caller {
  if (request.caller === undefined) throw new Error('This route has no authenticated caller; is it @Public()?');
  return request.caller;
}
