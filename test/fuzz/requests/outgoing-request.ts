/** A request as sent over the wire. */
export interface OutgoingRequest {
  readonly method: string;
  /** The target of the request line: path and query. */
  readonly target: string;
  /** Names may repeat. `Host` and the length of the body are added if missing. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer | undefined;
  /** Sent instead of all this, if the request is not valid HTTP. */
  readonly bytes?: Buffer;
}

/** The same request with one more header. */
export function withHeader(request: OutgoingRequest, name: string, value: string): OutgoingRequest {
  return { ...request, headers: [...request.headers, [name, value]] };
}

/** The same request without the headers of a name, ignoring case. */
export function withoutHeader(request: OutgoingRequest, name: string): OutgoingRequest {
  return { ...request, headers: request.headers.filter(([each]) => each.toLowerCase() !== name.toLowerCase()) };
}
