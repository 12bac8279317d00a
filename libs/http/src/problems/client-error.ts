import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { DomainError } from '#kernel';
import { malformedRequests } from '../http.metrics.js';
import { PROBLEM_CONTENT_TYPE, toProblem } from './problem.js';
import type { Cors } from '../request/cors.js';
import { pendingResponse } from './pending-response.js';

/** The error that Node emits for a request that its HTTP parser rejects. */
interface ClientError extends Error {
  readonly code?: string;
  /** The bytes that contain the fault: usually the whole head, if it is not larger than 64 KiB. */
  readonly rawPacket?: Buffer;
}

/**
 * Returns the handler of the server's `clientError` event, which responds to requests that Node's HTTP parser rejects, mostly
 * before there is a request object. Without it such a client gets only a status line.
 * @param headers the headers of every response of the service.
 * @param typeBase `PROBLEM_TYPE_BASE`.
 */
export function clientErrorHandler(headers: ReadonlyMap<string, string>, cors: Cors, typeBase: string) {
  return (error: ClientError, socket: Duplex): void => {
    const pending = pendingResponse(socket);
    if (error.code === 'ECONNRESET' || !socket.writable || pending?.headersSent === true) {
      socket.destroy();
      return;
    }
    const known = pending === undefined ? [...headers, ...cors.headersForBytes(error.rawPacket)] : headersOf(pending);
    const domainError = toDomainError(error);
    malformedRequests.inc({ code: domainError.code });
    socket.end(rawResponse(domainError, new Map(known), typeBase));
  };
}

function headersOf(response: ServerResponse): [string, string][] {
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
}

/** @param headers by lower-case names. */
function rawResponse(error: DomainError, headers: ReadonlyMap<string, string>, typeBase: string): string {
  const requestId = headers.get('x-request-id') ?? randomUUID();
  const problem = toProblem(error, requestId, typeBase);
  const body = JSON.stringify(problem);
  const all = new Map([
    ...headers,
    ['x-request-id', requestId],
    ['content-length', String(Buffer.byteLength(body))],
    ['date', new Date().toUTCString()],
    ['connection', 'close'],
  ]);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    `Content-Type: ${PROBLEM_CONTENT_TYPE}`,
    ...[...all].map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n');
}

function toDomainError(cause: ClientError): DomainError {
  switch (cause.code) {
    case 'HPE_HEADER_OVERFLOW':
      return new DomainError('headers_too_large', 'The request headers are larger than 16 KiB.', { cause });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new DomainError('request_timeout', 'The request took too long to arrive.', { cause });
    default:
      return new DomainError('malformed_request', 'This is not a valid HTTP/1.1 request.', { cause });
  }
}
