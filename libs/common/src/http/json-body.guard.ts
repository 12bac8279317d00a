import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { readJsonBody } from './read-json-body.js';

const METHODS_WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Reads the body, as the last of the guards and before validation: whoever is refused makes the service read nothing, and a
 * body that cannot be read has been counted by the rate limit. It is no interceptor, because behind one Nest sends every
 * answer through eight observables.
 */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  /** @throws DomainError as `readJsonBody` does */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    return METHODS_WITH_BODY.has(request.method) ? read(request) : true;
  }
}

async function read(request: Request): Promise<boolean> {
  request.body = await readJsonBody(request);
  return true;
}
