/** Browsers dispatch `storage` events in other tabs only, so clients of the same page tell each other. */
const listenersOf = new WeakMap<object, Set<() => void>>();

/** To be called after each change of a storage: other clients of this page or process may read it. */
export function announceChange(storage: object): void {
  for (const listener of [...(listenersOf.get(storage) ?? [])]) listener();
}

/**
 * Calls back after changes in a storage, of this page or of other tabs.
 * @returns ends it.
 */
export function onStorageChange(storage: object, listener: () => void): () => void {
  const listeners = listenersOf.get(storage) ?? new Set();
  listenersOf.set(storage, listeners.add(listener));
  const page: object = globalThis;
  if (isPage(page)) page.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    if (isPage(page)) page.removeEventListener('storage', listener);
  };
}

interface Page {
  addEventListener(type: 'storage', listener: () => void): void;
  removeEventListener(type: 'storage', listener: () => void): void;
}

/** Node has no such events. */
function isPage(scope: object): scope is Page {
  return 'addEventListener' in scope && 'removeEventListener' in scope;
}
