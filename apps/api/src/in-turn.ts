import type { RequestHandler } from 'express';

/** One middleware of several: Express takes 1 µs for each that it calls itself. What one of them throws is Express's to catch. */
export function inTurn(...middlewares: readonly RequestHandler[]): RequestHandler {
  return middlewares.reduceRight<RequestHandler>(
    (rest, middleware) => (request, response, next) => {
      void middleware(request, response, (error?: unknown) => {
        if (error === undefined) void rest(request, response, next);
        else next(error);
      });
    },
    (_request, _response, next) => {
      next();
    },
  );
}
