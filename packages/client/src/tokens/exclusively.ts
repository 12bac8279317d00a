import { webLocks, type WebLocks } from './web-locks.js';

/** The last task of each name in this process or page. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Runs tasks of the same name one after the other, over all tabs of a browser (Web Locks). Without Web Locks, as on pages
 * without https, it does so within the page.
 */
export async function exclusively<T>(name: string, task: () => Promise<T>): Promise<T> {
  const locks = webLocks();
  return locks === undefined ? inQueue(name, task) : locked(locks, name, task);
}

async function locked<T>(locks: WebLocks, name: string, task: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    locks.request(name, async () => task().then(resolve, reject)).catch(reject);
  });
}

async function inQueue<T>(name: string, task: () => Promise<T>): Promise<T> {
  const result = (queues.get(name) ?? Promise.resolve()).then(task);
  const end = result.then(
    () => undefined,
    () => undefined,
  );
  queues.set(name, end);
  try {
    return await result;
  } finally {
    if (queues.get(name) === end) queues.delete(name);
  }
}
