import { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * The response that comes next on a connection, to a request whose head has arrived; Node itself looks for it there. It has
 * all common headers once Express has seen it.
 */
export function pendingResponse(socket: Duplex): ServerResponse | undefined {
  return '_httpMessage' in socket && socket._httpMessage instanceof ServerResponse ? socket._httpMessage : undefined;
}
