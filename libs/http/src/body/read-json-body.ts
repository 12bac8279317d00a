import type { IncomingMessage } from 'node:http';
import { TextDecoder } from 'node:util';
import getRawBody from 'raw-body';
import { DomainError } from '#kernel';
import { rejectHarm } from '../validation/harmless-json.js';

/** Maximum size of a body, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024;

/** `application/json`, with no parameter except UTF-8 as its charset. */
const JSON_TYPE = /^application\/json *(?:; *charset="?utf-8"?)?$/i;

/** Rejects anything but UTF-8. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads the JSON body of a request; undefined if it has none. Stops reading at the first byte beyond the limit.
 * @throws ValidationFailedError if it contains what `findHarm` finds; DomainError `unsupported_media_type`,
 *   `payload_too_large`, `malformed_json` or `malformed_request`
 */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  if (!hasBody(request)) return undefined;
  requireJson(request);
  const value = parse(await read(request));
  // Before any other code sees the value: the fingerprint of a request is computed by a recursive walk of its body.
  rejectHarm(value);
  return value;
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

function requireJson({ headers }: IncomingMessage): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (JSON_TYPE.test(headers['content-type'] ?? '') && encoding === 'identity') return;
  throw new DomainError(
    'unsupported_media_type',
    'The body must be JSON in UTF-8, not compressed, with Content-Type: application/json.',
  );
}

async function read(request: IncomingMessage): Promise<Buffer> {
  try {
    return await getRawBody(request, { length: request.headers['content-length'] ?? null, limit: MAX_BODY_BYTES });
  } catch (cause) {
    if (cause instanceof Error && 'type' in cause && cause.type === 'entity.too.large') {
      throw new DomainError('payload_too_large', `The body is larger than ${MAX_BODY_BYTES} bytes.`);
    }
    throw new DomainError('malformed_request', 'The body did not arrive whole.', { cause });
  }
}

/** Without a cause, because the messages of `JSON.parse` quote the body. */
function parse(body: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(utf8.decode(body));
    return value;
  } catch {
    throw new DomainError('malformed_json', 'The body is not valid JSON in UTF-8.');
  }
}
