import { json, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { DomainError } from '../errors/domain.error.js';

/** Bytes of the largest body that is read. */
export const MAX_BODY_BYTES = 64 * 1024;

const parseJson = json({ limit: MAX_BODY_BYTES, type: isJson });

/** Reads a JSON body into `request.body`; every way in which that can fail is a problem with a code of its own. */
export const jsonBody: RequestHandler = (request: Request, response: Response, next: NextFunction) => {
  if (hasBody(request) && !isJson(request)) {
    next(unsupportedMediaType('The body must be JSON, with Content-Type: application/json.'));
    return;
  }
  parseJson(request, response, (error?: unknown) => {
    next(error === undefined ? undefined : toDomainError(error));
  });
};

function hasBody(request: Request): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

function isJson(request: { headers: { 'content-type'?: string | undefined } }): boolean {
  const [mediaType = ''] = (request.headers['content-type'] ?? '').split(';', 1);
  return mediaType.trim().toLowerCase() === 'application/json';
}

/** body-parser names what went wrong in `type`: https://github.com/expressjs/body-parser#errors */
function toDomainError(error: unknown): DomainError {
  switch (error instanceof Error && 'type' in error ? error.type : undefined) {
    case 'entity.parse.failed':
      // No cause: its message quotes the body.
      return new DomainError('malformed_json', 'The body is not valid JSON.');
    case 'entity.too.large':
      return new DomainError('payload_too_large', `The body is larger than ${MAX_BODY_BYTES} bytes.`, {
        cause: error,
      });
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return unsupportedMediaType('The body must be UTF-8, plain or in gzip, deflate or br.', error);
    default:
      return new DomainError('malformed_request', 'The body could not be read.', { cause: error });
  }
}

function unsupportedMediaType(message: string, cause?: unknown): DomainError {
  return new DomainError('unsupported_media_type', message, { cause });
}
