import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';

/**
 * Serves a body that is the same for everyone. It is created for the first request and kept with an entity tag, so that later
 * requests do not create it again and, with `If-None-Match`, do not transfer it.
 * @param headers the headers of the response, except `ETag`.
 */
export function preparedResponse(headers: ReadonlyMap<string, string>, make: () => string | Buffer): RequestHandler {
  let prepared: { readonly body: Buffer; readonly headers: Map<string, string> } | undefined;
  return (_request, response) => {
    prepared ??= prepare(headers, Buffer.from(make()));
    response.setHeaders(prepared.headers);
    // Express compares the entity tag with If-None-Match.
    response.send(prepared.body);
  };
}

function prepare(headers: ReadonlyMap<string, string>, body: Buffer) {
  const digest = createHash('sha256').update(body).digest('base64url');
  return { body, headers: new Map([...headers, ['ETag', `"${digest}"`]]) };
}
