import type { SeenResponse } from '../../support/response-check.js';

const HEAD_END = '\r\n\r\n';
const INTERIM = /^HTTP\/1\.1 1\d\d /;

/** The first final response in the bytes received on a connection; status 0 if there is none. */
export function parseResponse(received: Buffer): SeenResponse {
  const end = received.indexOf(HEAD_END);
  const [statusLine = '', ...lines] = received.toString('latin1', 0, end === -1 ? 0 : end).split('\r\n');
  const rest = received.subarray(end + HEAD_END.length);
  if (INTERIM.test(statusLine)) return parseResponse(rest);
  const headers = Object.fromEntries(
    lines.map((line): [string, string] => [line.split(':')[0]?.toLowerCase() ?? '', line.replace(/^[^:]*: ?/, '')]),
  );
  return { status: Number(statusLine.split(' ')[1] ?? 0), headers, text: bodyOf(headers, rest).toString('utf8') };
}

function bodyOf(headers: Readonly<Record<string, string>>, rest: Buffer): Buffer {
  if (headers['transfer-encoding'] === 'chunked') return dechunked(rest);
  const length = headers['content-length'];
  return length === undefined ? rest : rest.subarray(0, Number(length));
}

function dechunked(rest: Buffer): Buffer {
  const lineEnd = rest.indexOf('\r\n');
  const size = Number.parseInt(rest.toString('latin1', 0, Math.max(0, lineEnd)), 16);
  if (!(size > 0)) return Buffer.alloc(0);
  const start = lineEnd + 2;
  return Buffer.concat([rest.subarray(start, start + size), dechunked(rest.subarray(start + size + 2))]);
}
