import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { DomainError } from '../errors/domain.error.js';
import { PROBLEM_CONTENT_TYPE, toProblem } from '../errors/problem.js';

/**
 * Answers what Node's HTTP parser refuses before there is a request: the handler of the server's `clientError` event.
 * Without it such a caller gets a bare status line.
 */
export function answerClientError(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = randomUUID();
  const problem = toProblem(toDomainError(error), requestId);
  const body = JSON.stringify(problem);
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
      `Content-Type: ${PROBLEM_CONTENT_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${requestId}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function toDomainError(cause: Error & { code?: string }): DomainError {
  switch (cause.code) {
    case 'HPE_HEADER_OVERFLOW':
      return new DomainError('headers_too_large', 'The request headers are larger than 16 KiB.', { cause });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new DomainError('request_timeout', 'The request took too long to arrive.', { cause });
    default:
      return new DomainError('malformed_request', 'This is not a valid HTTP/1.1 request.', { cause });
  }
}
