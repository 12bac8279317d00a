import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { callerOf } from '#http';

/** The caller's user id, from the token. */
export const CurrentUser = createParamDecorator(
  (_: undefined, context: ExecutionContext): string => callerOf(context.switchToHttp().getRequest<Request>()).userId,
);
