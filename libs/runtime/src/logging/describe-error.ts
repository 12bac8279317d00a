/** How many causes of a chain are logged. */
const MAX_CAUSES = 5;

/** Replaces a message. */
const WITHHELD = 'withheld: it quotes data';

/**
 * The fields of an error to log. Only these, because libraries attach more to their errors, such as the arguments of a Redis
 * command or the text of a body, which must not be logged.
 */
export function describeError(error: unknown, causesLeft = MAX_CAUSES): unknown {
  if (!(error instanceof Error)) return error;
  const { name, cause } = error;
  const { message, stack } = quotesData(error) ? withoutMessage(error) : error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const described = cause === undefined || causesLeft === 0 ? undefined : describeError(cause, causesLeft - 1);
  return { type: name, message, code, stack, cause: described };
}

/** V8's messages quote the text that `JSON.parse` or `decodeURIComponent` could not read. */
function quotesData(error: Error): boolean {
  return error instanceof SyntaxError || error instanceof URIError;
}

/** A stack begins with the message. */
function withoutMessage({ message, stack }: Error): { message: string; stack: string | undefined } {
  return { message: WITHHELD, stack: stack?.replace(message, WITHHELD) };
}
