import { HttpStatus, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';
import type { Answer } from './answer.js';

/**
 * Sends an answer: its JSON as it is, the cart's version as the ETag, by which Express answers `If-None-Match` with
 * 304, and whether it is a replay.
 */
@Injectable()
export class AnswerInterceptor implements NestInterceptor<Answer, string | undefined> {
  intercept(context: ExecutionContext, next: CallHandler<Answer>): Observable<string | undefined> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      map(({ json, version, replayed, notModified }) => {
        if (version !== undefined) response.setHeader('ETag', `"${version}"`);
        if (replayed === true) response.setHeader('Idempotency-Replayed', 'true');
        if (notModified === true) response.status(HttpStatus.NOT_MODIFIED);
        if (json !== undefined) response.setHeader('Content-Type', 'application/json; charset=utf-8');
        return json;
      }),
    );
  }
}
