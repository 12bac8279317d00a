import { NotAProductError, OriginBusyError, OriginFailedError, OriginTimedOutError } from './origin.errors.js';

const MAX_LENGTH = 64 * 1024;
const ATTEMPT_MS = 1000;

/**
 * Sends one request to the origin and returns the text of its response; undefined if there is no such product.
 * @throws OriginFailedError, OriginTimedOutError, OriginBusyError, NotAProductError
 */
export async function askOrigin(url: URL): Promise<string | undefined> {
  const signal = AbortSignal.timeout(ATTEMPT_MS);
  try {
    const response = await fetch(url, { redirect: 'manual', signal, headers: { accept: 'application/json' } });
    if (response.ok) return await textOf(response);
    await response.body?.cancel();
    if (response.status === 404 || response.status === 410) return undefined;
    throw errorOf(response);
  } catch (error) {
    if (isOurs(error)) throw error;
    if (signal.aborted) throw new OriginTimedOutError(`It did not respond within ${ATTEMPT_MS} ms`, { cause: error });
    throw new OriginFailedError('It did not respond', { cause: error });
  }
}

function errorOf({ status, headers }: Response): Error {
  if (status === 429) return new OriginBusyError(headers.get('retry-after'));
  const message = `It responded with ${status}`;
  return status >= 500 ? new OriginFailedError(message) : new NotAProductError(message);
}

function isOurs(error: unknown): boolean {
  return error instanceof NotAProductError || error instanceof OriginFailedError || error instanceof OriginBusyError;
}

async function textOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  let all = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    all += text;
    if (all.length > MAX_LENGTH) throw new NotAProductError(`It is longer than ${MAX_LENGTH} characters`);
  }
  return all;
}
