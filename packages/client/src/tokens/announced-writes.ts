import type { KeyValueStorage } from './credential-store.js';
import type { WebLocks } from './web-locks.js';

/** Longer than any browser takes to show one tab what another has stored. */
const ANNOUNCED_MS = 5000;
/** A write that has been undone by then, such as by clearing the site's data, does not come any more. */
const MAX_WAIT_MS = 3000;
const POLL_MS = 5;

/**
 * Makes the `localStorage` of all tabs consistent for tasks that hold the same Web Lock.
 *
 * Browsers show a tab with a delay what another tab has stored, so the next tab to get the lock may still read what was there before.
 * The browser knows at once which locks are held, however: each write has a number, which is stored after it, and its tab holds a lock
 * of that name for a while. The next tab waits until it reads that number.
 */
export class AnnouncedWrites {
  private readonly lockPrefix: string;
  private readonly numberKey: string;

  constructor(
    private readonly storage: KeyValueStorage,
    key: string,
    private readonly locks: WebLocks,
  ) {
    this.lockPrefix = `${key}:write:`;
    this.numberKey = `${key}:writes`;
  }

  /** Waits until this tab reads what other tabs have announced. */
  async arrive(): Promise<void> {
    const latest = await this.latestAnnounced();
    const end = Date.now() + MAX_WAIT_MS;
    while (this.latestStored() < latest && Date.now() < end)
      await new Promise<void>((resolve) => setTimeout(resolve, POLL_MS));
  }

  /** Announces what this tab has just stored, before the caller releases its lock. */
  async announce(): Promise<void> {
    const write = this.latestStored() + 1;
    this.storage.setItem(this.numberKey, String(write));
    await new Promise<void>((resolve, reject) => {
      const hold = async (): Promise<void> => {
        resolve();
        await new Promise<void>((release) => setTimeout(release, ANNOUNCED_MS));
      };
      this.locks.request(this.lockPrefix + String(write), hold).catch(reject);
    });
  }

  private async latestAnnounced(): Promise<number> {
    const { held = [] } = await this.locks.query();
    const names = held.map(({ name = '' }) => name).filter((name) => name.startsWith(this.lockPrefix));
    return Math.max(0, ...names.map((name) => numberOf(name.slice(this.lockPrefix.length))));
  }

  private latestStored(): number {
    return numberOf(this.storage.getItem(this.numberKey) ?? '');
  }
}

/** Whether it is the `localStorage` of a page, which all its tabs share. */
export function isSharedByTabs(storage: KeyValueStorage, scope: object = globalThis): boolean {
  // Other storages first: to some pages, such as sandboxed ones, reading `localStorage` is an error.
  const isOfBrowser = Object.prototype.toString.call(storage) === '[object Storage]';
  return isOfBrowser && 'document' in scope && 'localStorage' in scope && scope.localStorage === storage;
}

/** 0 if it is none, as when another script has stored something there. */
function numberOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}
