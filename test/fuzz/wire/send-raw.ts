import { connect } from 'node:net';
import type { SeenResponse } from '../../support/response-check.js';
import { parseResponse } from './parse-response.js';

/** After this long without a byte the client half-closes the connection, because the service may be waiting for more. */
const QUIET_MS = 250;

/**
 * Sends bytes and reads until the service closes the connection.
 * @returns the first response; status 0 if the service closed without one.
 */
export async function sendRaw(port: number, host: string, bytes: Buffer): Promise<SeenResponse> {
  const received: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, host);
    socket.setTimeout(QUIET_MS, () => socket.end());
    socket.on('data', (chunk: Buffer) => received.push(chunk));
    socket.on('close', resolve);
    socket.on('error', (error: Error & { code?: string }) => {
      // The service may close the connection while the client is still writing.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.write(bytes);
  });
  return parseResponse(Buffer.concat(received));
}
