import { Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { requestIdOf } from './request-id.js';
import { RequestLine } from './request-line.js';

const logger = new Logger('Http');

/** Writes one line for each answered request, with its route and not its path: a path may hold a session's id. */
export function accessLog(request: Request, response: Response): void {
  const startedAt = performance.now();
  response.once('close', () => {
    const route = routeOf(request);
    const line = new RequestLine(
      requestIdOf(request),
      request.method,
      route,
      response.statusCode,
      !response.writableFinished,
      Math.round((performance.now() - startedAt) * 1000) / 1000,
      request.caller?.userId,
    );
    if (route.startsWith('/health')) logger.debug(line);
    else logger.log(line);
  });
}

/** The pattern that Express matched, such as `/cart/remove/:product_id`. */
function routeOf(request: Request): string {
  const route: unknown = request.route;
  const matched = typeof route === 'object' && route !== null && 'path' in route && typeof route.path === 'string';
  return matched ? String(route.path) : '(no route)';
}
