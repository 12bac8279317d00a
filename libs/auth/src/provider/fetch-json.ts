const MAX_LENGTH = 64 * 1024;
const TIMEOUT_MS = 5000;

/**
 * Fetches a JSON document of at most 65536 characters within five seconds. Redirects are errors.
 * @throws Error, SyntaxError, TypeError if the request fails or the response is unusable.
 */
export async function fetchJson(url: URL): Promise<unknown> {
  const response = await fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { accept: 'application/json' },
  });
  if (!response.ok) throw new Error(`${url.origin} responded with ${response.status}`);
  return JSON.parse(await textOf(response));
}

async function textOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  let all = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    all += text;
    if (all.length > MAX_LENGTH) throw new Error(`The response is longer than ${MAX_LENGTH} characters`);
  }
  return all;
}
