import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { readJsonBody } from './read-json-body.js';

const METHODS_WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Reads the body after the guards and before validation: whoever is refused makes the service read nothing, and a body
 * that cannot be read has been counted by the rate limit.
 */
@Injectable()
export class JsonBodyInterceptor implements NestInterceptor {
  /** @throws DomainError as `readJsonBody` does */
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request>();
    if (METHODS_WITH_BODY.has(request.method)) request.body = await readJsonBody(request);
    return next.handle();
  }
}
