import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'express';

declare module 'express-serve-static-core' {
  interface Request {
    requestId?: string;
  }
}

const ACCEPTED_REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** Gives the request its id and returns it in the response. */
export function requestId(request: Request, response: Response): void {
  request.requestId = requestIdFor(request);
  response.setHeader('X-Request-Id', request.requestId);
}

/** The id of the request: the client's own, if it is well-formed, or a new one. */
export function requestIdFor({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && ACCEPTED_REQUEST_ID.test(given) ? given : randomUUID();
}

/** The id that the middleware gave the request. */
export function requestIdOf(request: Request): string {
  return request.requestId ?? '';
}
