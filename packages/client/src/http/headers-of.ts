/** A header that cannot be sent: a mistake of the program, which no retry would cure. */
export class InvalidHeaderError extends TypeError {
  /** The message names the header, not its value, which may be a token. */
  constructor(name: string) {
    super(`The value of the header ${name} has characters that cannot be sent.`);
  }
}

/**
 * The headers of a request.
 *
 * @throws InvalidHeaderError if one cannot be sent.
 */
export function headersOf(values: Readonly<Record<string, string>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(values)) {
    try {
      headers.set(name, value);
    } catch {
      throw new InvalidHeaderError(name);
    }
  }
  return headers;
}
