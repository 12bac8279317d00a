import type { IncomingMessage, ServerResponse } from 'node:http';
import { MAX_BODY_BYTES } from './read-json-body.js';

/**
 * Prepares the response to a request whose body is not fully read. Node reads the rest after the response, because the next
 * request on the connection follows it. If the rest may be large, the connection is closed instead.
 */
export function leaveBodyUnread(request: IncomingMessage, response: ServerResponse): void {
  if (!request.complete && isOversize(request)) response.setHeader('Connection', 'close');
}

/** Whether a body has no declared length, or one above the limit. */
function isOversize({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES;
}
