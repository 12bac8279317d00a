import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { callerOf } from '#http';
import { ActorNotAllowedError, ActorRequiredError } from '../auth.errors.js';

/** Admits only callers whose token says who acts, so that the log and the change feed can name them. */
@Injectable()
export class ActorRequiredGuard implements CanActivate {
  /** @throws ActorRequiredError */
  canActivate(context: ExecutionContext): boolean {
    if (actorOf(context) === undefined) throw new ActorRequiredError();
    return true;
  }
}

/** Admits only users themselves: what the route does is theirs alone. */
@Injectable()
export class NoActorGuard implements CanActivate {
  /** @throws ActorNotAllowedError */
  canActivate(context: ExecutionContext): boolean {
    if (actorOf(context) !== undefined) throw new ActorNotAllowedError();
    return true;
  }
}

function actorOf(context: ExecutionContext): string | undefined {
  return callerOf(context.switchToHttp().getRequest<Request>()).actor;
}
