import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { callerOf } from '#http';

/** The user id of the caller, as the token says. */
export const CurrentUser = createParamDecorator(
  (_: undefined, context: ExecutionContext): string => callerOf(context.switchToHttp().getRequest<Request>()).userId,
);
