import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { callerOf, RouteSetting } from '#http';
import { ForbiddenError } from '../auth.errors.js';
import { authFailures } from '../auth.metrics.js';
import { REQUIRED_ROLE, type Role } from './roles.decorator.js';

/**
 * Admits only callers with the role that the route requires. Runs after the rate limit, so that rejected requests count too.
 */
@Injectable()
export class RolesGuard implements CanActivate {
  private readonly requiredRole: RouteSetting<Role>;

  constructor(reflector: Reflector) {
    this.requiredRole = new RouteSetting(reflector, REQUIRED_ROLE);
  }

  /** @throws ForbiddenError */
  canActivate(context: ExecutionContext): boolean {
    const role = this.requiredRole.of(context);
    if (role === undefined) return true;
    const { roles } = callerOf(context.switchToHttp().getRequest<Request>());
    if (roles.includes(role)) return true;
    authFailures.inc({ code: 'forbidden' });
    throw new ForbiddenError(role);
  }
}
