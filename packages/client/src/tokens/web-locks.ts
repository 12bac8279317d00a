/** What the client uses of `navigator.locks`: https://w3c.github.io/web-locks/ */
export interface WebLocks {
  /** Runs the task once the lock is granted, and holds the lock until the task ends. */
  request(name: string, task: () => Promise<void>): Promise<unknown>;
  query(): Promise<{ readonly held?: readonly { readonly name?: string }[] }>;
}

/** Undefined if there are none, as on pages without https. */
export function webLocks(): WebLocks | undefined {
  return locksOf(globalThis);
}

function locksOf(scope: object): WebLocks | undefined {
  return hasLocks(scope) ? scope.navigator.locks : undefined;
}

function hasLocks(scope: object): scope is { navigator: { locks: WebLocks } } {
  if (!('navigator' in scope)) return false;
  const { navigator } = scope;
  return typeof navigator === 'object' && navigator !== null && 'locks' in navigator && navigator.locks != null;
}
