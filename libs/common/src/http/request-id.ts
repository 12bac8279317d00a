import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';

declare module 'express-serve-static-core' {
  interface Request {
    requestId?: string;
  }
}

const ACCEPTED_REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** Gives the request its id, the caller's own where that is well formed, and repeats it in the answer. */
export function requestId(request: Request, response: Response): void {
  const given = request.headers['x-request-id'];
  request.requestId = typeof given === 'string' && ACCEPTED_REQUEST_ID.test(given) ? given : randomUUID();
  response.setHeader('X-Request-Id', request.requestId);
}

/** The id that the middleware gave the request. */
export function requestIdOf(request: Request): string {
  return request.requestId ?? '';
}
