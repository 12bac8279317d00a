import { AnnouncedWrites, isSharedByTabs } from './announced-writes.js';
import { MemoryStorage, type KeyValueStorage } from './credential-store.js';
import type { WebLocks } from './web-locks.js';

const KEY = 'cartwright:http://service';

/** What the tabs of one browser share. */
class BrowserLocks implements WebLocks {
  private readonly held = new Set<string>();

  async request(name: string, task: () => Promise<void>): Promise<void> {
    this.held.add(name);
    await task();
    this.held.delete(name);
  }

  async query(): Promise<{ held: { name: string }[] }> {
    return Promise.resolve({ held: [...this.held].map((name) => ({ name })) });
  }
}

/** The storage of a tab that is shown what another tab has stored only when the browser gets around to it. */
class LateStorage extends MemoryStorage {
  show(other: KeyValueStorage): void {
    for (const key of [KEY, `${KEY}:writes`]) this.setItem(key, other.getItem(key) ?? '');
  }
}

describe('AnnouncedWrites', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  function twoTabs() {
    const locks = new BrowserLocks();
    const [mine, theirs] = [new LateStorage(), new LateStorage()];
    const [one, other] = [new AnnouncedWrites(mine, KEY, locks), new AnnouncedWrites(theirs, KEY, locks)];
    return { mine, theirs, one, other };
  }

  async function hasArrived(arrival: Promise<void>): Promise<boolean> {
    let isOver = false;
    void arrival.then(() => (isOver = true));
    await jest.advanceTimersByTimeAsync(20);
    return isOver;
  }

  it('waits until this tab reads what another tab has announced', async () => {
    const { mine, theirs, one, other } = twoTabs();
    mine.setItem(KEY, 'fresh');
    await one.announce();
    const arrival = other.arrive();
    expect(await hasArrived(arrival)).toBe(false);
    theirs.show(mine);
    expect(await hasArrived(arrival)).toBe(true);
  });

  it('waits for the latest of several writes', async () => {
    const { mine, theirs, one, other } = twoTabs();
    await one.announce();
    theirs.show(mine);
    await one.announce();
    const arrival = other.arrive();
    expect(await hasArrived(arrival)).toBe(false);
    theirs.show(mine);
    expect(await hasArrived(arrival)).toBe(true);
  });

  it('does not wait for writes of this tab, of the past, or of none', async () => {
    const { one, other } = twoTabs();
    expect(await hasArrived(other.arrive())).toBe(true);
    await one.announce();
    expect(await hasArrived(one.arrive())).toBe(true);
    await jest.advanceTimersByTimeAsync(5000);
    expect(await hasArrived(other.arrive())).toBe(true);
  });

  it('does not wait for ever for what has been cleared meanwhile', async () => {
    const { one, other } = twoTabs();
    await one.announce();
    const arrival = other.arrive();
    await jest.advanceTimersByTimeAsync(3000);
    expect(await hasArrived(arrival)).toBe(true);
  });

  it('counts on if another script has stored something else as the number', async () => {
    const { mine, one } = twoTabs();
    mine.setItem(`${KEY}:writes`, 'many');
    await one.announce();
    expect(mine.getItem(`${KEY}:writes`)).toBe('1');
  });
});

describe('isSharedByTabs', () => {
  class Storage extends MemoryStorage {
    readonly [Symbol.toStringTag] = 'Storage';
  }
  const localStorage = new Storage();

  it('is true only for the localStorage of a page', () => {
    expect(isSharedByTabs(localStorage, { document: {}, localStorage })).toBe(true);
    expect(isSharedByTabs(new Storage(), { document: {}, localStorage })).toBe(false);
    expect(isSharedByTabs(localStorage, { localStorage })).toBe(false);
  });

  it('does not read the localStorage of a page that may not have one, if it was not given', () => {
    const sandboxed = {
      document: {},
      get localStorage(): never {
        throw new Error('SecurityError');
      },
    };
    expect(isSharedByTabs(new MemoryStorage(), sandboxed)).toBe(false);
  });
});
