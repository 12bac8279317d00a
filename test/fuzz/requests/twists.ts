import fc from 'fast-check';
import { oddText } from '../values/garbage.js';
import { withHeader, withoutHeader, type OutgoingRequest } from './outgoing-request.js';

/** A change that makes a request wrong at the HTTP level. */
export type Twist = (request: OutgoingRequest) => OutgoingRequest;

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'];
const QUERIES = [
  'extra=x',
  'constructor=x',
  '__proto__=x',
  'toString=x',
  'quantity=1&quantity=2',
  'ids=a&ids=b',
  '%',
  '=',
  '&&',
];
const ESCAPES = [
  '%',
  '%zz',
  '%ff',
  '%00',
  '%0d%0a',
  '%ed%a0%80',
  '%c0%af',
  '%2f',
  '%2e%2e',
  '%e2%80%ae',
  '%20',
  '%7b%7d',
];
const CONTENT_TYPES = [
  ...[
    'text/plain',
    'application/xml',
    'application/json; charset=latin1',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
  ],
  ...['application/problem+json', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'json', ''],
];
const ENCODINGS = ['gzip', 'deflate', 'br', 'identity', 'x'];
const DUPLICATES = [
  'Authorization',
  'If-Match',
  'If-None-Match',
  'Idempotency-Key',
  'Content-Type',
  'X-Request-Id',
  'Host',
];
const ODD_HEADERS = [
  'If-Match',
  'If-None-Match',
  'Idempotency-Key',
  'Last-Event-ID',
  'X-Request-Id',
  'X-Forwarded-For',
  'Accept',
  'Origin',
];
const TARGETS = [
  '',
  '/',
  '//',
  '*',
  '/nothing/here',
  '/auth',
  '/health/',
  '/.env',
  '/cart/../health',
  'http://other.example/cart',
];

const twisted = (pick: fc.Arbitrary<string>, twist: (picked: string) => Twist): fc.Arbitrary<Twist> => pick.map(twist);

/** One such change. */
export const twists: fc.Arbitrary<Twist> = fc.oneof(
  twisted(fc.constantFrom(...METHODS), (method) => (request) => ({ ...request, method })),
  twisted(fc.constantFrom(...QUERIES), (query) => (request) => ({ ...request, target: joined(request.target, query) })),
  twisted(fc.constantFrom(...ESCAPES), (escape) => (request) => ({
    ...request,
    target: inLastSegment(request.target, escape),
  })),
  twisted(fc.constantFrom(...ESCAPES), (escape) => (request) => ({
    ...request,
    target: inPath(request.target, (path) => path + escape),
  })),
  fc.constantFrom<Twist[]>(
    (request) => ({ ...request, target: inPath(request.target, (path) => `${path}/`) }),
    (request) => ({ ...request, target: inPath(request.target, (path) => `/${path}`) }),
    (request) => ({ ...request, target: inPath(request.target, (path) => path.toUpperCase()) }),
    (request) => ({ ...request, target: inPath(request.target, (path) => path.slice(0, path.lastIndexOf('/') + 1)) }),
    (request) => ({ ...request, target: inPath(request.target, (path) => `${path}${'/x'.repeat(2000)}`) }),
    (request) => withoutHeader(request, 'Content-Type'),
    (request) => withHeader(request, 'Transfer-Encoding', 'chunked'),
    (request) => withHeader(request, 'Expect', '100-continue'),
    (request) => withHeader(request, 'Expect', 'the-unexpected'),
    (request) => withHeader(request, 'Connection', 'close'),
    (request) => withHeader(request, 'Upgrade', 'websocket'),
    (request) => withHeader(request, 'X-Large', 'x'.repeat(17_000)),
    (request) => ({ ...request, body: undefined }),
    (request) => ({ ...request, body: Buffer.from('{}') }),
  ),
  twisted(fc.constantFrom(...TARGETS), (target) => (request) => ({ ...request, target })),
  twisted(
    fc.constantFrom(...CONTENT_TYPES),
    (type) => (request) => withHeader(withoutHeader(request, 'Content-Type'), 'Content-Type', type),
  ),
  twisted(fc.constantFrom(...ENCODINGS), (encoding) => (request) => withHeader(request, 'Content-Encoding', encoding)),
  twisted(fc.constantFrom(...DUPLICATES), (name) => (request) => withHeader(request, name, valueOf(request, name))),
  fc.tuple(fc.constantFrom(...ODD_HEADERS), oddText).map(
    ([name, text]): Twist =>
      (request) =>
        withHeader(withoutHeader(request, name), name, text),
  ),
);

function valueOf({ headers }: OutgoingRequest, name: string): string {
  return headers.find(([each]) => each === name)?.[1] ?? 'x';
}

function joined(target: string, query: string): string {
  return target + (target.includes('?') ? '&' : '?') + query;
}

function inPath(target: string, change: (path: string) => string): string {
  const [path = '', ...query] = target.split('?');
  return [change(path), ...query].join('?');
}

function inLastSegment(target: string, text: string): string {
  return inPath(target, (path) => path.slice(0, path.lastIndexOf('/') + 1) + text);
}
