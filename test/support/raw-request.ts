import { once } from 'node:events';
import { connect } from 'node:net';

/** A response as received; header names are in lower case. */
export interface RawResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Sends bytes as they are, and reads from the server at `url` until it closes the connection. */
export async function sendRaw(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let heard = '';
  socket.setEncoding('latin1').on('data', (part: string) => (heard += part));
  // Bytes that the server no longer reads may reset the connection after its response.
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return heard;
}

/** The same for one response with a `Content-Length`. */
export async function rawResponse(url: string, text: string): Promise<RawResponse> {
  const heard = await sendRaw(url, text);
  const [head = '', body = ''] = heard.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status: Number(statusLine.split(' ')[1]), headers: new Map(headers), body };
}

/** Sends a request and disconnects at once. The server reads the whole request before it notices. */
export function sendAndLeave(url: string, text: string): void {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.end(text);
}
