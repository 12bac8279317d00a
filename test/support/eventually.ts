import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again until the answer is the one that is awaited: for what no event tells, such as another process's state.
 * @throws Error after ten seconds.
 */
export async function eventually<T>(ask: () => Promise<T>, awaited: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (awaited(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(answer)} after ten seconds.`);
    await delay(20);
  }
}
