import type { Request } from 'express';
import type { Caller } from '#kernel';

declare module 'express-serve-static-core' {
  interface Request {
    caller?: Caller;
  }
}

/**
 * The caller of a request that passed the JWT guard.
 * @throws Error if the route is public, which is a mistake in the code, not in the request.
 */
export function callerOf(request: Request): Caller {
  if (request.caller === undefined) throw new Error('This route has no authenticated caller; is it @Public()?');
  return request.caller;
}
