import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InjectConfig, type HttpConfig } from '#config';
import { DomainError, ValidationFailedError } from '#kernel';
import { problems } from '../http.metrics.js';
import { PROBLEM_CONTENT_TYPE, toProblem, type Problem } from './problem.js';
import { requestIdOf } from '../request/request-id.js';
import { retryAfterOf } from './retry-after.js';
import { leaveBodyUnread } from '../body/unread-body.js';

/**
 * Turns any thrown error into a problem+json response. Faults of the service, and those that an operator has to fix, are logged
 * as errors with their cause. Mistakes of the client, and contexts that may name products, are logged at debug only.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(@InjectConfig('http') private readonly config: HttpConfig) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const error = toDomainError(thrown);
    const problem = toProblem(error, requestIdOf(request), this.config.problemTypeBase);

    problems.inc({ code: error.code });
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
    // During an outage every request has one of these, so the line has no stack, which would always be the same.
    else if (status > 500)
      this.logger.warn({ ...line, cause: error.cause instanceof Error ? error.cause.message : null });
    this.logger.debug({ ...line, ...error.context, err: error });
  }
}

function toDomainError(thrown: unknown): DomainError {
  if (thrown instanceof DomainError) return thrown;
  if (thrown instanceof HttpException) return fromHttpException(thrown);
  return new DomainError('internal_error', 'The service failed to process this request.', { cause: thrown });
}

/** Only Nest and Express throw these two: for a missing route, and for a path that is not valid percent-encoding. */
function fromHttpException(exception: HttpException): DomainError {
  switch (exception.getStatus()) {
    case 404:
      // Without a cause, because its message repeats the query.
      return new DomainError('not_found', 'There is no such endpoint.');
    case 400:
      return new ValidationFailedError([{ field: 'path', message: 'must be valid percent-encoding' }]);
    default:
      return new DomainError('internal_error', 'The service failed to process this request.', { cause: exception });
  }
}
