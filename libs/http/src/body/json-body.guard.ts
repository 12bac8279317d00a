import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import type { Request, Response } from 'express';
import { PerRoute } from '../request/per-route.js';
import { readJsonBody } from './read-json-body.js';
import { leaveBodyUnread } from './unread-body.js';

/**
 * Reads the body for routes whose handler has a `@Body()`; other routes ignore it. It is the last guard, before validation:
 * nothing is read for a request that is rejected earlier, and a request with an unreadable body has been counted by the rate
 * limit. It is a guard because with an interceptor Nest sends every response through eight observables.
 */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  private readonly takesBody = new PerRoute((handler, controller) => hasBodyParameter(controller, handler.name));

  /** @throws DomainError as `readJsonBody` does */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    if (this.takesBody.of(context)) return read(request);
    leaveBodyUnread(request, http.getResponse<Response>());
    return true;
  }
}

/** While the rest of the body arrives, other requests are processed, so that a slow client does not delay them. */
async function read(request: Request): Promise<boolean> {
  if (!request.complete) request.slot?.release();
  try {
    request.body = await readJsonBody(request);
  } finally {
    request.slot?.retake();
  }
  return true;
}

/** Nest stores the parameters of a handler under `<kind>:<position>`. */
function hasBodyParameter(controller: object, method: string): boolean {
  const parameters: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method);
  return Object.keys(parameters ?? {}).some((name) => name.startsWith(`${RouteParamtypes.BODY}:`));
}
