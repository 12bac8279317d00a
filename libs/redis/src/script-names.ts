const names = new Map<unknown, string>();

/** Records the name of a script by the ways in which Redis gets it, so that metrics and traces can tell scripts apart. */
export function nameScript(name: string, ...ways: readonly string[]): void {
  for (const way of ways) names.set(way, name);
}

/**
 * The name of a script; undefined if it is not one of ours.
 * @param way its digest or its text.
 */
export function scriptNameOf(way: unknown): string | undefined {
  return names.get(way);
}
