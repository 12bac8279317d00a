import type { Credentials } from './credentials.js';
import { announceChange, onStorageChange } from './storage-changes.js';

/** Where credentials are kept, such as `localStorage`, which all tabs of a browser share. */
export interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Keeps everything until the program ends or the page is left. */
export class MemoryStorage implements KeyValueStorage {
  private readonly values = new Map<string, string>();

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.values.set(key, value);
  }

  removeItem(key: string): void {
    this.values.delete(key);
  }
}

/** The credentials of one service in a storage. Other tabs may change them at any time. */
export class CredentialStore {
  constructor(
    private readonly storage: KeyValueStorage,
    readonly key: string,
  ) {}

  /** Undefined if there are none, or if they cannot be read. */
  load(): Credentials | undefined {
    const text = this.storage.getItem(this.key);
    if (text === null) return undefined;
    try {
      const value: unknown = JSON.parse(text);
      return isCredentials(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  save(credentials: Credentials): void {
    this.storage.setItem(this.key, JSON.stringify(credentials));
    announceChange(this.storage);
  }

  clear(): void {
    this.storage.removeItem(this.key);
    announceChange(this.storage);
  }

  /**
   * Calls back after changes, also by other tabs. Those of a storage that is not the browser's own may go unnoticed.
   * @returns ends it.
   */
  onChange(listener: () => void): () => void {
    return onStorageChange(this.storage, listener);
  }
}

function isCredentials(value: unknown): value is Credentials {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const isOptional = (name: string, type: string): boolean => !fields.has(name) || typeof fields.get(name) === type;
  return (
    typeof fields.get('accessToken') === 'string' &&
    typeof fields.get('isGuest') === 'boolean' &&
    isOptional('expiresAt', 'number') &&
    isOptional('refreshToken', 'string') &&
    isOptional('guestToken', 'string')
  );
}
