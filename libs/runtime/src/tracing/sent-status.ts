import type { ServerResponse } from 'node:http';

/** The status of a response; undefined if the client left before it was sent. Until then, Node's `statusCode` is only a default. */
export function sentStatus({ headersSent, statusCode }: ServerResponse): number | undefined {
  return headersSent ? statusCode : undefined;
}
