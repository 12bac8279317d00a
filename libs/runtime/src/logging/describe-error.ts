/** How deep a chain of causes is followed. */
const MAX_CAUSES = 5;

/** Takes the place of a message. */
const WITHHELD = 'withheld: it quotes data';

/**
 * What the log says of an error. Only these fields: libraries hang more on their errors, such as the arguments of the
 * Redis command or the text of the body, which no log may hold.
 */
export function describeError(error: unknown, causesLeft = MAX_CAUSES): unknown {
  if (!(error instanceof Error)) return error;
  const { name, cause } = error;
  const { message, stack } = quotesData(error) ? withoutMessage(error) : error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const described = cause === undefined || causesLeft === 0 ? undefined : describeError(cause, causesLeft - 1);
  return { type: name, message, code, stack, cause: described };
}

/** V8's messages repeat the text that `JSON.parse` or `decodeURIComponent` could not read. */
function quotesData(error: Error): boolean {
  return error instanceof SyntaxError || error instanceof URIError;
}

/** A stack begins with the message. */
function withoutMessage({ message, stack }: Error): { message: string; stack: string | undefined } {
  return { message: WITHHELD, stack: stack?.replace(message, WITHHELD) };
}
