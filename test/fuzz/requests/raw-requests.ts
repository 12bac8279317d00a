import fc from 'fast-check';
import type { OutgoingRequest } from './outgoing-request.js';

const bytes: fc.Arbitrary<Buffer> = fc.oneof(
  fc
    .constantFrom(
      'GET\r\n\r\n',
      'GET / HTTP/9.9\r\nHost: a\r\n\r\n',
      'GET /cart\r\n\r\n',
      'GET /cart HTTP/1.1\r\n\r\n',
      'GET /cart HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
      'GET /cart HTTP/1.1\r\nHost: a b\r\n\r\n',
      'GET /cart HTTP/1.0\r\n\r\n',
      'GET /car t HTTP/1.1\r\nHost: a\r\n\r\n',
      'GET /cart HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n',
      'POST /cart/add HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
      'POST /cart/add HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
      'POST /cart/add HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      'POST /cart/add HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
      'GET /cart HTTP/1.1\r\nHost: a\r\nX\u0000: 1\r\n\r\n',
      'GET /cart HTTP/1.1\r\nHost: a\r\n folded: 1\r\n\r\n',
      'GET /cart HTTP/1.1\r\nHost: a\r\nAuthorization: \u0001\r\n\r\n',
      `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(4000)}\r\n`,
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      'CONNECT example.com:443 HTTP/1.1\r\nHost: a\r\n\r\n',
      '\u0016\u0003\u0001\u0002\u0000\u0001\u0000',
    )
    .map((text) => Buffer.from(text, 'latin1')),
  fc.uint8Array({ minLength: 1, maxLength: 80 }).map((bytes) => Buffer.concat([bytes, Buffer.from('\r\n\r\n')])),
);

/** Bytes from clients that do not speak HTTP, or speak it incorrectly. Each is complete, so the service has to respond. */
export const rawRequests: fc.Arbitrary<OutgoingRequest> = bytes.map((sent) => {
  const [method = '', target = ''] = sent.toString('latin1').split(/[ \r]/);
  return { method, target, headers: [], body: undefined, bytes: sent };
});
