/** How deep a chain of causes is followed. */
const MAX_CAUSES = 5;

/**
 * What the log says of an error. Only these fields: libraries hang more on their errors, such as the arguments of the
 * Redis command or the text of the body, which no log may hold.
 */
export function describeError(error: unknown, causesLeft = MAX_CAUSES): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const described = cause === undefined || causesLeft === 0 ? undefined : describeError(cause, causesLeft - 1);
  return { type: name, message, code, stack, cause: described };
}
