import type { KeyValueStorage } from '@cartwright/client';

/** What `localStorage` is to the tabs of a browser. */
export class SharedStorage implements KeyValueStorage {
  /** @param values those of another storage, for a tab that is not told about changes. */
  constructor(readonly values = new Map<string, string>()) {}

  getItem = (key: string): string | null => this.values.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.values.set(key, value);
  removeItem = (key: string): void => void this.values.delete(key);
}
