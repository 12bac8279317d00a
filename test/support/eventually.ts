import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again until the answer is the one that is awaited: for what no event tells, such as another process's state.
 * @throws Error after ten seconds, or as many as are given.
 */
export async function eventually<T>(ask: () => Promise<T>, awaited: (answer: T) => boolean, seconds = 10): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (awaited(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(answer)} after ${seconds} seconds.`);
    await delay(20);
  }
}
