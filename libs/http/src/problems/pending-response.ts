import { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * The next response on a connection, for a request whose head has arrived. Node itself finds it in the same place. It has all
 * common headers once Express has seen it.
 */
export function pendingResponse(socket: Duplex): ServerResponse | undefined {
  return '_httpMessage' in socket && socket._httpMessage instanceof ServerResponse ? socket._httpMessage : undefined;
}
