import { Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { LogConfig } from '#config';
import { isProbeOrScrape, matchedRoute, sentStatus } from '#runtime';
import { requestIdOf } from './request-id.js';
import { RequestLine } from './request-line.js';

const MAX_USER_ID_LENGTH = 128;

/**
 * Logs one line per request, when its response ends. It contains the route, not the path, which may contain a session id. Slow
 * requests have theirs at warn, with the time that they waited for Redis.
 */
export class AccessLog {
  private readonly logger = new Logger('Http');

  constructor(private readonly config: LogConfig) {}

  use(request: Request, response: Response): void {
    const startedAt = performance.now();
    response.once('close', () => {
      this.log(request, response, performance.now() - startedAt);
    });
  }

  private log(request: Request, response: Response, duration: number): void {
    const status = sentStatus(response);
    const isSlow = this.isSlow(response, duration);
    if (!isSlow && !this.isLogged(status)) return;
    const { scope } = request;
    const route = matchedRoute(request) ?? '(no route)';
    const line = new RequestLine(
      requestIdOf(request),
      request.method,
      route,
      status,
      !response.writableFinished,
      rounded(duration),
      request.caller?.userId,
      request.caller?.actor,
      request.caller?.actor === undefined ? undefined : userInPath(request),
      isSlow && scope !== undefined ? rounded(scope.redis.ms) : undefined,
      scope?.trace,
    );
    if (isSlow) this.logger.warn(line);
    else if (isProbeOrScrape(route) && status !== undefined && status < 400) this.logger.debug(line);
    else this.logger.log(line);
  }

  private isLogged(status = 0): boolean {
    return this.config.requests === 'all' || (this.config.requests === 'errors' && status >= 500);
  }

  /** A stream of events is meant to be long. */
  private isSlow(response: Response, duration: number): boolean {
    const { slowMs } = this.config;
    return slowMs > 0 && duration >= slowMs && response.getHeader('Content-Type') !== 'text/event-stream';
  }
}

/** The user in the path, unless it is too long for a user id. */
function userInPath({ params }: Request): string | undefined {
  const { user_id: userId } = params;
  return typeof userId === 'string' && userId.length <= MAX_USER_ID_LENGTH ? userId : undefined;
}

/** To microseconds. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
