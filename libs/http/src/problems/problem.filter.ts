import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError, ValidationFailedError } from '#kernel';
import { PROBLEM_CONTENT_TYPE, toProblem, type Problem } from './problem.js';
import { requestIdOf } from '../request/request-id.js';
import { retryAfterOf } from './retry-after.js';
import { leaveBodyUnread } from '../body/unread-body.js';

/**
 * Turns whatever was thrown into a problem+json response. Faults of the service, and what an operator has to mend, go to the
 * log as errors with their cause; other contexts, which may name products, and what the caller did wrong are for who debugs.
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

    this.log(error, problem);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    leaveBodyUnread(request, response);
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    const retryAfter = retryAfterOf(error, problem.status);
    if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
    response.status(problem.status).setHeader('Content-Type', PROBLEM_CONTENT_TYPE);
    response.end(JSON.stringify(problem));
  }

  private log(error: DomainError, { status, request_id }: Problem): void {
    const line = { message: error.message, request_id };
    if (error.needsOperator) this.logger.error({ ...line, ...error.context, err: error });
    else if (status === 500) this.logger.error({ ...line, err: error });
    // In an outage there is one for every request: a line without the stack, which is always the same.
    else if (status > 500)
      this.logger.warn({ ...line, cause: error.cause instanceof Error ? error.cause.message : null });
    this.logger.debug({ ...line, ...error.context, err: error });
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
      return new ValidationFailedError([{ field: 'path', message: 'must be valid percent-encoding' }]);
    default:
      return new DomainError('internal_error', 'The service failed to answer this request.', { cause: exception });
  }
}
