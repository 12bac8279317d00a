import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { callerOf } from '#common';
import { ForbiddenError } from '../auth.errors.js';
import { REQUIRED_ROLE, type Role } from './roles.decorator.js';

/** Lets in only callers with the role that the route asks for. Stands behind the rate limit, which counts both. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws ForbiddenError */
  canActivate(context: ExecutionContext): boolean {
    const role = this.reflector.getAllAndOverride<Role | undefined>(REQUIRED_ROLE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (role === undefined) return true;
    const { roles } = callerOf(context.switchToHttp().getRequest<Request>());
    if (!roles.includes(role)) throw new ForbiddenError(role);
    return true;
  }
}
