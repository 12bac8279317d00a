import { connect } from 'node:net';
import type { SeenResponse } from '../../support/response-check.js';
import { parseResponse } from './parse-response.js';

/** After so long without a byte the service is told that nothing more comes: it may be waiting for the rest. */
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
      // The service may close while it is still being written to.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.write(bytes);
  });
  return parseResponse(Buffer.concat(received));
}
