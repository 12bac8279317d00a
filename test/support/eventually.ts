import { setTimeout as delay } from 'node:timers/promises';

/**
 * Polls until the expected result arrives: for state that no event reports, such as that of another process.
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
