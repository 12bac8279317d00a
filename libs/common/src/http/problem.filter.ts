import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError } from '../errors/domain.error.js';
import { PROBLEM_CONTENT_TYPE, toProblem } from '../errors/problem.js';
import { requestIdOf } from './request-id.js';

/**
 * Turns whatever was thrown into a problem+json answer. Context and cause go to the log: faults of the service as
 * errors, what the caller did wrong for who debugs.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const error = toDomainError(thrown);
    const problem = toProblem(error, requestIdOf(request));

    this.logger[problem.status >= 500 ? 'error' : 'debug']({
      message: error.message,
      request_id: problem.request_id,
      ...error.context,
      err: error,
    });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    if (error.retryAfterSeconds !== undefined) response.setHeader('Retry-After', error.retryAfterSeconds);
    response.status(problem.status).setHeader('Content-Type', PROBLEM_CONTENT_TYPE);
    response.end(JSON.stringify(problem));
  }
}

function toDomainError(thrown: unknown): DomainError {
  if (thrown instanceof DomainError) return thrown;
  if (thrown instanceof HttpException) return fromHttpException(thrown);
  return new DomainError('internal_error', 'The service failed to answer this request.', { cause: thrown });
}

/** Nest and Express themselves throw these two only: no such route, and a path that is not valid percent-encoding. */
function fromHttpException(exception: HttpException): DomainError {
  switch (exception.getStatus()) {
    case 404:
      // No cause: its message repeats the query.
      return new DomainError('not_found', 'There is no such endpoint.');
    case 400:
      return new DomainError('validation_failed', 'The request path is not valid percent-encoding.', {
        cause: exception,
      });
    default:
      return new DomainError('internal_error', 'The service failed to answer this request.', { cause: exception });
  }
}
