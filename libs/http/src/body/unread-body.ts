import type { IncomingMessage, ServerResponse } from 'node:http';
import { MAX_BODY_BYTES } from './read-json-body.js';

/**
 * Prepares the response to a request whose body is not read to its end. Node reads what is left after the response, because
 * the next request of the connection comes behind it: the connection ends instead if that could be much.
 */
export function leaveBodyUnread(request: IncomingMessage, response: ServerResponse): void {
  if (!request.complete && isOversize(request)) response.setHeader('Connection', 'close');
}

/** Whether a body has no stated length, or a larger one than any that is taken. */
function isOversize({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES;
}
