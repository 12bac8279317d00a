import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { isUserId, USER_ID_RULE } from '#auth';
import { callerOf } from '#http';
import { ValidationFailedError } from '#kernel';

/**
 * Whose cart a request is about: the user in its path, which only routes for the role `support` have, else the caller.
 * @throws ValidationFailedError if the path holds no user id.
 */
export function cartOwnerOf(request: Request): string {
  const { user_id: userId } = request.params;
  if (userId === undefined) return callerOf(request).userId;
  if (typeof userId === 'string' && isUserId(userId)) return userId;
  throw new ValidationFailedError([{ field: 'user_id', message: USER_ID_RULE }]);
}

/** The user whose cart the request is about. */
export const CartOwner = createParamDecorator((_: undefined, context: ExecutionContext): string =>
  cartOwnerOf(context.switchToHttp().getRequest<Request>()),
);
