import { applyDecorators, Controller, UseGuards } from '@nestjs/common';
import { ActorRequiredGuard, Roles } from '#auth';

/**
 * Makes a class the controller of the operations that it inherits, on the cart of the user in the path. They need the role
 * `support` and a token with an `act` claim, which the change feed and the log name. Swagger's class decorators do not reach
 * inherited methods, so the API document is completed by `apps/api/src/openapi/support-operations.ts`.
 * @param path the part of the path after `users/:user_id/`.
 */
export function SupportRoute(path: string): ClassDecorator {
  return applyDecorators(Roles('support'), UseGuards(ActorRequiredGuard), Controller(`users/:user_id/${path}`));
}
